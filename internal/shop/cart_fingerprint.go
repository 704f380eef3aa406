package shop

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
	"strings"
)

// CartFingerprint is a hex SHA-256 of what a bag holds and where it goes:
// variants, quantities, properties, notes, attributes, discount code and
// destination, but not their order nor any price. A checkout that is under way fits the bag as
// long as this is the same.
func CartFingerprint(cart Cart) string {
	h := sha256.New()
	lines := make([]string, len(cart.Lines))
	for i, l := range cart.Lines {
		part := sha256.New()
		field(part, fmt.Sprint(l.VariantID), fmt.Sprint(l.Quantity))
		for _, p := range l.Properties {
			field(part, p.Name, p.Value)
		}
		lines[i] = string(part.Sum(nil))
	}
	slices.Sort(lines)
	field(h, strings.Join(lines, ""), cart.Note, cart.GiftNote, cart.ShipTo)
	attributes := slices.Clone(cart.Attributes)
	slices.SortFunc(attributes, func(a, b CartAttribute) int { return strings.Compare(a.Name, b.Name) })
	for _, a := range attributes {
		field(h, a.Name, a.Value)
	}
	if cart.DiscountCode != "" { // a pair above has two values, so this is no attribute
		field(h, cart.DiscountCode)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// field writes values with their lengths, so that no two lists look alike.
func field(h hash.Hash, values ...string) {
	for _, v := range values {
		fmt.Fprintf(h, "%d:%s,", len(v), v)
	}
}
