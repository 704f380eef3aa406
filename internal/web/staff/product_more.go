package staff

import (
	"crypto/rand"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// previewProduct shows a product of any status as shoppers will see it.
func (s *Staff) previewProduct(c echo.Context, _ database.SignedIn) error {
	stored, err := s.askedProduct(c)
	if err != nil {
		return err
	}
	return s.preview(c, &stored)
}

// CopyPage asks what the copy of a product is called.
type CopyPage struct {
	Page
	Product                   shop.Product
	TitleOf, Handle, ColourOf string
	Pictures                  bool
	Action                    string
	Key                       string // makes the form act once
}

func (s *Staff) duplicatePage(c echo.Context, in database.SignedIn) error {
	stored, err := s.askedProduct(c)
	if err != nil {
		return err
	}
	return s.showCopy(c, in, &CopyPage{Product: stored, TitleOf: stored.Title, Key: rand.Text()}, nil)
}

func (s *Staff) showCopy(c echo.Context, in database.SignedIn, p *CopyPage, refusal error) error {
	var err error
	if p.Page, err = s.page(c, &in, "Duplicate "+p.Product.Title); err != nil {
		return err
	}
	p.Path, p.Action = productsAt, productURL(p.Product.ID)
	status := http.StatusOK
	if refusal != nil {
		if status, err = p.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/product_copy", p)
}

func (s *Staff) duplicate(c echo.Context, in database.SignedIn) error {
	stored, err := s.askedProduct(c)
	if err != nil {
		return err
	}
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	to := catalog.DuplicateTo{Title: form.Get("title"), Handle: form.Get("handle"), Colour: form.Get("colour"), Pictures: form.Get("pictures") == yes}
	if key := form.Get("key"); shop.IsFormKey(key) {
		to.Key = key
	}
	made, err := s.catalog.Duplicate(c.Request().Context(), in.Staff.Actor(), stored.ID, to)
	if err != nil {
		return s.showCopy(c, in, &CopyPage{Product: stored, TitleOf: to.Title, Handle: to.Handle, ColourOf: to.Colour, Pictures: to.Pictures, Key: orElse(to.Key, rand.Text())}, err)
	}
	return c.Redirect(http.StatusSeeOther, productURL(made.ID)+"?done=product-duplicated")
}

// DropPage asks whether a product shall go.
type DropPage struct {
	Page
	Product shop.Product
	Action  string
	OnHand  int64
}

func (s *Staff) deletePage(c echo.Context, in database.SignedIn) error {
	return s.showDrop(c, in, nil)
}

func (s *Staff) showDrop(c echo.Context, in database.SignedIn, refusal error) error {
	stored, err := s.askedProduct(c)
	if err != nil {
		return err
	}
	p, err := s.page(c, &in, "Delete "+stored.Title)
	if err != nil {
		return err
	}
	p.Path = productsAt
	shown := &DropPage{Page: p, Product: stored, Action: productURL(stored.ID)}
	for i := range stored.Variants {
		shown.OnHand += stored.Variants[i].Stock.OnHand
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/product_drop", shown)
}

func (s *Staff) deleteProduct(c echo.Context, in database.SignedIn) error {
	stored, err := s.askedProduct(c)
	if err != nil {
		return err
	}
	archived, err := s.catalog.Delete(c.Request().Context(), in.Staff.Actor(), stored.ID)
	switch {
	case err != nil:
		return s.showDrop(c, in, err)
	case archived:
		return c.Redirect(http.StatusSeeOther, productURL(stored.ID)+"?done=product-archived")
	}
	return c.Redirect(http.StatusSeeOther, productsAt+"?done=product-deleted")
}
