package shop

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
)

// Key is a line's name in forms and JSON, "variant:digest". It stays the same
// while lines before it come and go; a position does not.
func (l *CartLine) Key() string {
	return strconv.FormatInt(int64(l.VariantID), 10) + ":" + l.Digest
}

// LineProperties brings properties into the form in which a line keeps them:
// those without a value are left out, the rest stand by name. A name that
// comes twice, too many, or text that is not plain is KindInvalid.
func LineProperties(values map[string]string) ([]LineProperty, error) {
	var list []LineProperty
	for name, value := range values {
		if value == "" {
			continue
		}
		if err := checkPair("property", name, value); err != nil {
			return nil, err
		}
		list = append(list, LineProperty{Name: name, Value: value})
	}
	if len(list) > MaxPairs {
		return nil, Invalid("At most %d properties fit on one line.", MaxPairs)
	}
	slices.SortFunc(list, func(a, b LineProperty) int { return strings.Compare(a.Name, b.Name) })
	for i := range list {
		list[i].Position = i + 1
	}
	return list, nil
}

// PropertiesDigest tells sets of properties apart. It is never empty, since
// theme libraries take a key apart at its colon.
func PropertiesDigest(list []LineProperty) string {
	h := sha256.New()
	for _, p := range list {
		field(h, p.Name, p.Value)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// TitleWithSize names a thing and its size: "Tern Racer in 9 / D".
func TitleWithSize(p *Product, v *Variant) string { return withSize(p.Title, v.PublicTitle()) }

// TitleWithSize names what was ordered and its size.
func (l *OrderLine) TitleWithSize() string { return withSize(l.Title, l.VariantTitle) }

func withSize(title, size string) string {
	if size == "" || size == DefaultTitle {
		return title
	}
	return title + " in " + size
}
