package staff

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// DropCollectionPage asks before a collection is deleted.
type DropCollectionPage struct {
	Page
	Action string
	Saved  shop.Collection
	Size   int
}

func (s *Staff) dropCollectionPage(c echo.Context, in database.SignedIn) error {
	return s.showDropCollection(c, in, nil)
}

func (s *Staff) showDropCollection(c echo.Context, in database.SignedIn, refusal error) error {
	id, err := collectionID(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	saved, err := s.reader.CollectionByID(ctx, id)
	if err != nil {
		return err
	}
	p, err := s.page(c, &in, "Delete "+saved.Title)
	if err != nil {
		return err
	}
	p.Path = collectionsURL
	shown := &DropCollectionPage{Page: p, Action: collectionURL(id), Saved: saved}
	if shown.Size, err = s.reader.CollectionSize(ctx, id); err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/collection_drop", shown)
}

func (s *Staff) dropCollection(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	id, err := collectionID(c)
	if err != nil {
		return err
	}
	if err := s.catalog.DropCollection(c.Request().Context(), in.Staff.Actor(), id, versionIn(form)); err != nil {
		return s.showDropCollection(c, in, err)
	}
	return c.Redirect(http.StatusSeeOther, collectionsURL+"?done=dropped")
}
