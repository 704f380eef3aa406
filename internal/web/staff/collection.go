package staff

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// CollectionPage is one collection with everything on it, or a new one.
type CollectionPage struct {
	Page
	Action  string // where its forms begin
	MayEdit bool
	Saved   shop.Collection   // as it is
	Typed   shop.Collection   // as it was typed
	Now     map[string]string // after a conflict: what else stands in the fields by now
	Others  []AuditLine       // after a conflict: what others have done
	Sorts   []SortChoice
	Add     CollectionAdd
	Members []MemberLine
	Size    int
	From    int    // position that the list begins at
	Prev    string // addresses of the neighbours of this page of products
	Next    string
	Entries []AuditLine
}

// SortChoice is an order that a collection's page may have.
type SortChoice struct{ Value, Title string }

// sortChoices are all orders, as staff read them.
var sortChoices = []SortChoice{
	{shop.SortManual, "By hand, as below"},
	{shop.SortTitle, "Title, A to Z"},
	{shop.SortTitleDown, "Title, Z to A"},
	{shop.SortPrice, "Price, low to high"},
	{shop.SortPriceDown, "Price, high to low"},
	{shop.SortNewest, "Newest first"},
	{shop.SortOldest, "Oldest first"},
}

// SortTitle is the order of the collection's page in words.
func (p *CollectionPage) SortTitle() string {
	for _, choice := range p.Sorts {
		if choice.Value == p.Saved.SortOrder {
			return choice.Title
		}
	}
	return p.Saved.SortOrder
}

func (s *Staff) newCollection(c echo.Context, in database.SignedIn) error {
	return s.showNewCollection(c, in, shop.Collection{SortOrder: shop.SortManual, Published: true}, nil)
}

func (s *Staff) showNewCollection(c echo.Context, in database.SignedIn, typed shop.Collection, refusal error) error {
	p, err := s.page(c, &in, "New collection")
	if err != nil {
		return err
	}
	p.Path = collectionsURL
	status := http.StatusOK
	if refusal != nil {
		if status, err = p.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/collection_new", &CollectionPage{
		Page: p, Action: collectionsURL + "/new", MayEdit: true, Typed: typed, Sorts: sortChoices,
	})
}

func (s *Staff) makeCollection(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	typed := typedCollection(form)
	made, err := s.catalog.MakeCollection(c.Request().Context(), in.Staff.Actor(), typed)
	if err != nil {
		return s.showNewCollection(c, in, typed, err)
	}
	return c.Redirect(http.StatusSeeOther, collectionURL(made.ID)+"?done=made")
}

// typedCollection are the fields of a collection in a form, and no others.
func typedCollection(form url.Values) shop.Collection {
	return shop.Collection{
		Title: form.Get("title"), Handle: form.Get("handle"), Description: form.Get("description"),
		SortOrder: form.Get("sort"), Published: form.Get("published") != "", Version: versionIn(form),
	}
}

// versionIn is the version that a form was made for, 0 for none.
func versionIn(form url.Values) int {
	n, err := strconv.ParseInt(form.Get("version"), 10, 32)
	if err != nil {
		return 0
	}
	return int(n)
}

func (s *Staff) collection(c echo.Context, in database.SignedIn) error {
	return s.showCollection(c, in, &CollectionPage{}, nil)
}

func (s *Staff) saveCollection(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	id, err := collectionID(c)
	if err != nil {
		return err
	}
	for _, name := range []string{"title", "handle", "description", "sort"} {
		if !form.Has(name) { // what is not sent would be taken away
			return shop.Errorf(shop.KindMalformed, "The form is not whole. Open the page again.")
		}
	}
	typed := typedCollection(form)
	typed.ID = id
	if err := s.catalog.SaveCollection(c.Request().Context(), in.Staff.Actor(), typed); err != nil {
		return s.showCollection(c, in, &CollectionPage{Typed: typed}, err)
	}
	return c.Redirect(http.StatusSeeOther, collectionURL(id)+"?done=kept")
}

func collectionID(c echo.Context) (shop.CollectionID, error) {
	id, err := web.ParseID(c.Param("id"))
	if err != nil {
		return 0, shop.NotFound("There is no such collection.")
	}
	return shop.CollectionID(id), nil
}

// showCollection shows a collection; of shown only what was typed is filled.
func (s *Staff) showCollection(c echo.Context, in database.SignedIn, shown *CollectionPage, refusal error) error {
	id, err := collectionID(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	if shown.Saved, err = s.reader.CollectionByID(ctx, id); err != nil {
		return err
	}
	if shown.Page, err = s.page(c, &in, shown.Saved.Title); err != nil {
		return err
	}
	shown.Path, shown.Action, shown.Sorts = collectionsURL, collectionURL(id), sortChoices
	shown.MayEdit = in.Staff.May(shop.CanEditCatalog)
	if shown.Entries, err = s.auditLines(ctx, database.AuditSearch{ThingKind: "collection", ThingID: fmt.Sprint(id), Limit: personEntries}); err != nil {
		return err
	}
	if err := s.fillMembers(c, shown); err != nil {
		return err
	}
	seen := shown.Typed.Version
	if shown.Typed.ID == 0 {
		shown.Typed = shown.Saved
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
		if status == http.StatusConflict && shown.Fields == nil {
			err = s.showOthers(ctx, shown, seen)
		}
	}
	if err != nil {
		return err
	}
	return s.kit.RenderStaff(c, status, "staff/collection", shown)
}

// showOthers shows what others have changed since a version, and lets the next
// try begin at today's.
func (s *Staff) showOthers(ctx context.Context, shown *CollectionPage, seen int) error {
	entries, err := s.reader.Audit(ctx, database.AuditSearch{ThingKind: "collection", ThingID: fmt.Sprint(shown.Saved.ID), Limit: personEntries})
	if err != nil {
		return err
	}
	for i, e := range entries {
		var made struct{ Version int }
		if e.Details == nil || json.Unmarshal([]byte(*e.Details), &made) != nil || made.Version <= seen || i >= len(shown.Entries) {
			break
		}
		shown.Others = append(shown.Others, shown.Entries[i])
	}
	now, typed := shown.Saved, shown.Typed
	shown.Now = map[string]string{}
	for field, texts := range map[string][2]string{
		"title": {now.Title, typed.Title}, "handle": {now.Handle, typed.Handle},
		"description": {now.Description, typed.Description}, "sort": {now.SortOrder, typed.SortOrder},
		"published": {yesNo(now.Published), yesNo(typed.Published)},
	} {
		if texts[0] != texts[1] {
			shown.Now[field] = texts[0]
		}
	}
	if now.SortOrder != typed.SortOrder {
		shown.Now["sort"] = shown.SortTitle()
	}
	shown.Typed.Version = now.Version
	return nil
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
