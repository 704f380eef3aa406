package staff

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/catalog"
	"longrun/internal/shop"
)

// ClashNotes are what somebody else saved while this form was open.
type ClashNotes struct {
	Theirs []Difference // only they changed these; they stay
	Both   []Difference // both changed these; the form has yours
	Gone   []string     // of yours, what is no longer there
	Again  string       // the page as they left it
}

// Difference is a field with two values.
type Difference struct{ ID, Label, Theirs, Yours, Before string }

// showClash puts what was typed on top of what somebody else saved meanwhile:
// fields that only one of the two changed have that one's value. Nothing is
// saved before the form is sent again.
func (s *Staff) showClash(c echo.Context, p *ProductPage, clash *catalog.Clash) error {
	current := &clash.Current
	p.Error = clash.Error()
	theirs := typedOf(current, p.zoneOrUTC())
	first := unpack(p.Base, theirs)
	notes, merged := merge(current, first, theirs, p.Typed)
	notes.Again = p.Action
	p.Typed, p.Clash, p.Version, p.Base = merged, notes, current.Version, theirs.pack()
	p.Changed = current.UpdatedAt
	return s.showProduct(c, http.StatusConflict, p, current)
}

// merge joins two people's changes of the same form.
func merge(current *shop.Product, first, theirs, yours typed) (*ClashNotes, typed) {
	notes, merged := &ClashNotes{}, maps.Clone(theirs)
	for _, name := range slices.Sorted(maps.Keys(yours)) {
		was, known := first[name]
		value, there := theirs[name]
		if !known && !there { // a field that is not stored, such as new sizes
			notes.unstored(current, merged, yours, name)
			continue
		}
		changed := yours[name] != was
		switch {
		case !there && changed:
			notes.Gone = append(notes.Gone, labelOf(current, name)+": "+yours[name])
		case !there:
		case !changed:
			if value != was {
				notes.Theirs = append(notes.Theirs, Difference{ID: idOf(name), Label: labelOf(current, name), Theirs: value, Before: was})
			}
		case value != was && value != yours[name]:
			notes.Both = append(notes.Both, Difference{ID: idOf(name), Label: labelOf(current, name), Theirs: value, Yours: yours[name], Before: was})
			merged[name] = yours[name]
		default:
			merged[name] = yours[name]
		}
	}
	for name := range theirs { // a box that is not ticked is not sent
		if _, sent := yours[name]; !sent && isBox(name) && first[name] == yes {
			merged[name] = ""
		}
	}
	return notes, merged
}

// isBox says whether a field is a box to tick, which sends nothing without
// its tick.
func isBox(name string) bool {
	return name == "published" || name == "redirect" || strings.HasSuffix(name, ".remove")
}

func (t typed) clone() typed { return maps.Clone(t) }

// unstored keeps a field that no product has stored.
func (n *ClashNotes) unstored(current *shop.Product, merged, yours typed, name string) {
	switch {
	case strings.HasPrefix(name, "row."), strings.HasPrefix(name, "col."):
	case !strings.HasPrefix(name, "v."):
		merged[name] = yours[name]
	case yours[name] == "":
	case yours.moved(name, current) != "":
		merged[yours.moved(name, current)] = yours[name]
	case !strings.HasSuffix(name, ".remove"):
		n.Gone = append(n.Gone, "A size that was not made yet: "+yours[name])
	default:
		merged[name] = yours[name]
	}
}

// moved is the field of a combination that was not made when a form was
// shown, in the table as it is now; "" where it is made by now or has no place.
func (t typed) moved(name string, current *shop.Product) string {
	parts := strings.SplitN(name, ".", 3)
	if len(parts) != 3 || parts[0] != "v" {
		return ""
	}
	row, column, ok := newCell(parts[1])
	if !ok {
		return ""
	}
	grid := shop.GridOf(current)
	r := slices.Index(grid.Rows, t[fmt.Sprintf("row.%d", row)])
	c := slices.Index(grid.Columns, t[fmt.Sprintf("col.%d", column)])
	if r < 0 || c < 0 || grid.Cells[r][c] >= 0 {
		return ""
	}
	return variantField(fmt.Sprintf("n%dx%d", r, c), parts[2])
}
