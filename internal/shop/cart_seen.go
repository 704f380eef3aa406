package shop

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
)

// SeenMark stands for what a bag page showed: which lines, and under which
// titles and prices. The page's form brings it back, so that a change between
// looking and pressing is noticed.
type SeenMark string

// MarkSeen is the mark of lines as they are now; found has each variant's
// product.
func MarkSeen(lines []CartLine, found map[VariantID]Product) SeenMark {
	which, terms := sha256.New(), sha256.New()
	for i := range lines {
		field(which, lines[i].Key())
		if p, ok := found[lines[i].VariantID]; ok {
			field(terms, fmt.Sprint(int64(p.Variants[0].Price)), TitleWithSize(&p, &p.Variants[0]))
		}
	}
	return SeenMark(hex.EncodeToString(which.Sum(nil)[:8]) + "-" + hex.EncodeToString(terms.Sum(nil)[:8]))
}

// SameLines says whether two marks are of the same lines in the same order.
func (m SeenMark) SameLines(other SeenMark) bool {
	a, _, _ := strings.Cut(string(m), "-")
	b, _, _ := strings.Cut(string(other), "-")
	return a == b
}

// ChangesSince are the sentences that say what is not as the shopper last saw
// it.
func (l *BagLine) ChangesSince() []string {
	var said []string
	title := TitleWithSize(&l.Product, &l.Variant)
	if l.Line.SeenTitle != title {
		said = append(said, fmt.Sprintf("%s is called %s now.", l.Line.SeenTitle, title))
	}
	if l.Line.SeenPrice != l.Variant.Price {
		said = append(said, fmt.Sprintf("%s costs %s now; it was %s.", title, l.Variant.Price, l.Line.SeenPrice))
	}
	return said
}
