package staff

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

const collectionsURL = "/staff/collections"

// CollectionsPage lists the collections, published or not.
type CollectionsPage struct {
	Page
	MayEdit bool
	Seen    string // the order of this page, for the form
	Lines   []CollectionLine
}

// CollectionLine is a collection in the list.
type CollectionLine struct {
	database.CollectionCount
	URL   string
	Place string // in the shop's order, as typed
	Last  bool
}

// Products is how many products are in the collection, as far as they are
// counted.
func (l CollectionLine) Products() string {
	if n := l.CollectionCount.Products; n < database.MostCounted {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d or more", database.MostCounted)
}

func (s *Staff) collections(c echo.Context, in database.SignedIn) error {
	return s.showCollections(c, in, nil, nil)
}

// showCollections lists the collections, after a refusal with the places that
// were typed.
func (s *Staff) showCollections(c echo.Context, in database.SignedIn, typed url.Values, refusal error) error {
	p, err := s.page(c, &in, "Collections")
	if err != nil {
		return err
	}
	list, err := s.reader.AllCollections(c.Request().Context())
	if err != nil {
		return err
	}
	p.Path = collectionsURL
	shown := &CollectionsPage{Page: p, MayEdit: in.Staff.May(shop.CanEditCatalog)}
	seen := make([]string, len(list))
	for i := range list {
		seen[i] = fmt.Sprint(list[i].ID)
		line := CollectionLine{list[i], collectionURL(list[i].ID), fmt.Sprint(i + 1), i == len(list)-1}
		if at := "at-" + seen[i]; typed.Has(at) {
			line.Place = typed.Get(at)
		}
		shown.Lines = append(shown.Lines, line)
	}
	shown.Seen = strings.Join(seen, " ")
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/collections", shown)
}

func (s *Staff) orderCollections(c echo.Context, in database.SignedIn) error {
	form, err := web.FormUpTo(c, 2*database.MostCollections)
	if err != nil {
		return err
	}
	var seen []shop.CollectionID
	for _, word := range strings.Fields(form.Get("seen")) {
		id, err := web.ParseID(word)
		if err != nil {
			return shop.Errorf(shop.KindMalformed, "The form is not as this page has it.")
		}
		seen = append(seen, shop.CollectionID(id))
	}
	places, refusal := placesIn(form)
	if refusal == nil {
		wanted := make(map[shop.CollectionID]int, len(places))
		for id, place := range places {
			wanted[shop.CollectionID(id)] = place
		}
		for i, id := range seen { // a button of one row moves that row alone
			switch fmt.Sprint(id) {
			case form.Get("up"):
				wanted = map[shop.CollectionID]int{id: max(1, i)}
			case form.Get("down"):
				wanted = map[shop.CollectionID]int{id: i + 2}
			}
		}
		refusal = s.catalog.OrderCollections(c.Request().Context(), in.Staff.Actor(), seen, wanted)
	}
	if refusal != nil {
		return s.showCollections(c, in, form, refusal)
	}
	return c.Redirect(http.StatusSeeOther, collectionsURL+"?done=arranged")
}

// mostPlace is the greatest number that is taken for a place; what is beyond
// the end stands at the end.
const mostPlace = 1_000_000

// placesIn reads the fields at-<id> of a form: the places, from 1, that things
// are to have. A place that is no number is KindInvalid at its field.
func placesIn(form url.Values) (map[int64]int, error) {
	places, fields := map[int64]int{}, map[string]string{}
	for field := range form {
		name, ok := strings.CutPrefix(field, "at-")
		if !ok {
			continue
		}
		id, err := web.ParseID(name)
		if err != nil {
			continue
		}
		place, err := web.ParseID(strings.TrimSpace(form.Get(field)))
		if err != nil || place > mostPlace {
			fields[field] = "A place is a number from 1."
			continue
		}
		places[id] = int(place)
	}
	if len(fields) > 0 {
		e := shop.Invalid("A place is a number from 1. Nothing was moved.")
		e.Fields = fields
		return nil, e
	}
	return places, nil
}

func collectionURL(id shop.CollectionID) string { return fmt.Sprintf("%s/%d", collectionsURL, id) }
