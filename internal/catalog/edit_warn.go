package catalog

import (
	"fmt"
	"strings"

	"longrun/internal/shop"
)

// warnings are what is allowed and hardly ever meant, in the order of the
// sizes; sizes with the same matter share a sentence.
func (w *editing) warnings(after *shop.Product) []string {
	var list warningList
	activated := after.Status == shop.ProductActive && (w.before == nil || w.before.Status != shop.ProductActive)
	for i := range after.Variants {
		v, was := &after.Variants[i], w.wasVariant(after.Variants[i].ID)
		known := was.ID != 0
		switch changed := !known || v.Price != was.Price; {
		case v.Price == 0 && known && changed:
			list.add(v, "would cost nothing instead of "+was.Price.String()+".")
		case v.Price == 0 && (changed || activated):
			list.add(v, "would cost nothing.")
		case known && changed && v.Price <= was.Price/10:
			list.add(v, fmt.Sprintf("would cost %s instead of %s.", v.Price, was.Price))
		}
		same := known && v.Price == was.Price && was.CompareAt != nil && v.CompareAt != nil && *was.CompareAt == *v.CompareAt
		if v.CompareAt != nil && *v.CompareAt <= v.Price && !same {
			list.add(v, fmt.Sprintf("would cost %s and is said to have cost %s before, which is not more.", v.Price, *v.CompareAt))
		}
	}
	gone := w.removed()
	for i := range gone {
		if n := gone[i].Stock.OnHand; gone[i].Tracked && n != 0 {
			list.add(&gone[i], fmt.Sprintf("would be removed though %d are on hand.", n))
		}
	}
	return list.sentences()
}

// warningList gathers sizes by what is said of them.
type warningList struct {
	matters []string
	sizes   map[string][]string
}

func (l *warningList) add(v *shop.Variant, matter string) {
	if l.sizes == nil {
		l.sizes = map[string][]string{}
	}
	if _, known := l.sizes[matter]; !known {
		l.matters = append(l.matters, matter)
	}
	l.sizes[matter] = append(l.sizes[matter], v.PublicTitle())
}

// namedSizes is how many sizes a warning names.
const namedSizes = 12

func (l *warningList) sentences() []string {
	var list []string
	for _, matter := range l.matters {
		sizes := l.sizes[matter]
		switch n := len(sizes); {
		case n == 1 && sizes[0] == "":
			list = append(list, "It "+matter)
		case n == 1:
			list = append(list, "Size "+sizes[0]+" "+matter)
		case n > namedSizes:
			list = append(list, fmt.Sprintf("Sizes %s and %d more %s", strings.Join(sizes[:namedSizes], ", "), n-namedSizes, severally(matter)))
		default:
			list = append(list, "Sizes "+strings.Join(sizes, ", ")+" "+severally(matter))
		}
	}
	return list
}

// severally puts a matter into the plural.
func severally(matter string) string {
	return strings.Replace(strings.Replace(matter, "are on hand", "of each are on hand", 1), " is said", " are said", 1)
}
