package staff

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// CollectionAdd is how products come into a collection: found and ticked, or
// named one per line.
type CollectionAdd struct {
	Search string
	Found  []Candidate
	More   bool // more were found than are shown
	Names  string
	First  bool
	ticked []shop.ProductID
}

// Candidate is a product that was found.
type Candidate struct {
	database.CollectionMember
	Ticked bool
	InURL  string // its place in the list, when it is in the collection already
}

// MemberLine is a product in the collection.
type MemberLine struct {
	database.CollectionMember
	Wanted string // place, as typed
	Bad    bool
}

// Shown says whether shoppers may see the product, as far as its own state
// goes.
func (m MemberLine) Shown() bool { return m.Status == shop.ProductActive && m.Published }

// How many products a page of a collection has, and how many a search shows.
const (
	membersPage = 50
	mostFound   = 20
)

// fillMembers reads a page of the products in a collection, and what the
// search of its address finds.
func (s *Staff) fillMembers(c echo.Context, shown *CollectionPage) error {
	ctx, id := c.Request().Context(), shown.Saved.ID
	if shown.From == 0 {
		shown.From = fromIn(c.QueryParam("from"))
	}
	members, err := s.reader.CollectionMembers(ctx, id, shown.From, membersPage+1)
	if err != nil {
		return err
	}
	if shown.Size, err = s.reader.CollectionSize(ctx, id); err != nil {
		return err
	}
	if len(members) > membersPage {
		shown.Next = shown.at(members[membersPage].Position)
		members = members[:membersPage]
	}
	if shown.From > 1 {
		shown.Prev = shown.at(max(1, shown.From-membersPage))
	}
	typed := shown.Members // of a form that was refused
	shown.Members = nil
	for _, m := range members {
		line := MemberLine{CollectionMember: m, Wanted: fmt.Sprint(m.Place)}
		for _, t := range typed {
			if t.ProductID == m.ProductID {
				line.Wanted, line.Bad = t.Wanted, t.Bad
			}
		}
		shown.Members = append(shown.Members, line)
	}
	if !shown.MayEdit {
		return nil
	}
	if shown.Add.Search == "" {
		shown.Add.Search = strings.TrimSpace(c.QueryParam("q"))
	}
	return s.fillFound(c, shown)
}

func (s *Staff) fillFound(c echo.Context, shown *CollectionPage) error {
	add := &shown.Add
	if r := []rune(add.Search); len(r) > 100 {
		add.Search = string(r[:100])
	}
	found, err := s.reader.CollectionCandidates(c.Request().Context(), shown.Saved.ID, add.Search, mostFound+1)
	if add.More = len(found) > mostFound; add.More {
		found = found[:mostFound]
	}
	for _, f := range found {
		candidate := Candidate{CollectionMember: f, Ticked: slices.Contains(add.ticked, f.ProductID)}
		if f.Position > 0 {
			candidate.InURL = shown.at(f.Position)
		}
		add.Found = append(add.Found, candidate)
	}
	return err
}

// at is the address of the page's list from a position on.
func (p *CollectionPage) at(position int) string {
	return fmt.Sprintf("%s?from=%d#products", p.Action, position)
}

// fromIn is the position that a list begins at.
func fromIn(text string) int {
	n, err := web.ParseID(text)
	if err != nil || n > mostPlace {
		return 1
	}
	return int(n)
}

func productIDs(texts []string) ([]shop.ProductID, error) {
	var ids []shop.ProductID
	for _, text := range texts {
		id, err := web.ParseID(text)
		if err != nil {
			return nil, shop.Errorf(shop.KindMalformed, "The form is not as this page has it.")
		}
		ids = append(ids, shop.ProductID(id))
	}
	return ids, nil
}

func (s *Staff) addToCollection(c echo.Context, in database.SignedIn) error {
	id, form, err := collectionForm(c)
	if err != nil {
		return err
	}
	ticked, err := productIDs(form["product"])
	if err != nil {
		return err
	}
	shown := &CollectionPage{Add: CollectionAdd{Search: form.Get("q"), Names: form.Get("names"), First: form.Get("place") == "start", ticked: ticked}}
	add := catalog.Addition{Products: ticked, First: shown.Add.First}
	for line := range strings.Lines(shown.Add.Names) {
		if name := strings.TrimSpace(line); name != "" {
			add.Names = append(add.Names, name)
		}
	}
	if err := s.catalog.AddToCollection(c.Request().Context(), in.Staff.Actor(), id, add); err != nil {
		return s.showCollection(c, in, shown, err)
	}
	return c.Redirect(http.StatusSeeOther, collectionURL(id)+"?done=gathered")
}

func (s *Staff) removeFromCollection(c echo.Context, in database.SignedIn) error {
	id, form, err := collectionForm(c)
	if err != nil {
		return err
	}
	products, err := productIDs(form["product"])
	if err != nil {
		return err
	}
	from := fromIn(form.Get("from"))
	if err := s.catalog.RemoveFromCollection(c.Request().Context(), in.Staff.Actor(), id, products); err != nil {
		return s.showCollection(c, in, &CollectionPage{From: from, Members: typedMembers(form, nil)}, err)
	}
	return c.Redirect(http.StatusSeeOther, fmt.Sprintf("%s?from=%d&done=taken-out", collectionURL(id), from))
}

func (s *Staff) arrangeCollection(c echo.Context, in database.SignedIn) error {
	id, form, err := collectionForm(c)
	if err != nil {
		return err
	}
	a := catalog.Arrangement{Version: versionIn(form), Places: map[shop.ProductID]int{}}
	places, refusal := placesIn(form)
	for product, place := range places {
		a.Places[shop.ProductID(product)] = place
	}
	for name, by := range map[string]int{"up": -1, "down": 1} {
		if product, err := web.ParseID(form.Get(name)); err == nil {
			a.Step, a.By = shop.ProductID(product), by
		}
	}
	if refusal == nil {
		refusal = s.catalog.ArrangeCollection(c.Request().Context(), in.Staff.Actor(), id, a)
	}
	from := fromIn(form.Get("from"))
	if refusal != nil {
		return s.showCollection(c, in, &CollectionPage{From: from, Members: typedMembers(form, refusal), Typed: shop.Collection{Version: a.Version}}, refusal)
	}
	to := fmt.Sprintf("%s?from=%d&done=arranged", collectionURL(id), from)
	if a.Step != 0 {
		to = fmt.Sprintf("%s?from=%d#p%d", collectionURL(id), from, a.Step)
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// typedMembers are the places as they were typed, to be shown again.
func typedMembers(form url.Values, refusal error) []MemberLine {
	var fields map[string]string
	if e, ok := refusal.(*shop.Error); ok {
		fields = e.Fields
	}
	var lines []MemberLine
	for field := range form {
		name, ok := strings.CutPrefix(field, "at-")
		if id, err := web.ParseID(name); ok && err == nil {
			line := MemberLine{Wanted: form.Get(field), Bad: fields[field] != ""}
			line.ProductID = shop.ProductID(id)
			lines = append(lines, line)
		}
	}
	return lines
}

// collectionForm is a form about the products of the collection that the
// address names.
func collectionForm(c echo.Context) (shop.CollectionID, url.Values, error) {
	id, err := collectionID(c)
	if err != nil {
		return 0, nil, err
	}
	form, err := web.FormUpTo(c, 4*membersPage)
	return id, form, err
}
