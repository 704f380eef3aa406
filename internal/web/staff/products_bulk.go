package staff

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// StatusPage shows what a change of many products' status will do.
type StatusPage struct {
	Page
	To     shop.ProductStatus
	Change []shop.Product // those that have another status now
	Same   int            // how many have it already
	IDs    []shop.ProductID
}

// mostAtOnce is how many products may change their status at once.
const mostAtOnce = 250

// productStatus first shows what will change, and changes it when the form
// comes back with the word that it has been seen.
func (s *Staff) productStatus(c echo.Context, in database.SignedIn) error {
	form, err := web.FormUpTo(c, 2*mostAtOnce)
	if err != nil {
		return err
	}
	ids, status, err := statusForm(form, in.Staff)
	if err != nil {
		return err
	}
	if form.Get("do") == "apply" {
		if err := s.catalog.SetStatus(c.Request().Context(), in.Staff.Actor(), ids, status); err != nil {
			return err
		}
		return c.Redirect(http.StatusSeeOther, productsAt+"?done=product-status")
	}
	p, err := s.page(c, &in, "Set "+string(status))
	if err != nil {
		return err
	}
	p.Path = productsAt
	shown := &StatusPage{Page: p, To: status}
	found, err := s.reader.ProductNames(c.Request().Context(), ids)
	if err != nil {
		return err
	}
	for _, product := range found {
		if product.Status == status {
			shown.Same++
			continue
		}
		shown.Change, shown.IDs = append(shown.Change, product), append(shown.IDs, product.ID)
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/product_status", shown)
}

func statusForm(form url.Values, who shop.Staff) ([]shop.ProductID, shop.ProductStatus, error) {
	status := shop.ProductStatus(form.Get("status"))
	switch status {
	case shop.ProductActive, shop.ProductDraft:
	case shop.ProductArchived:
		if !who.May(shop.CanDropProducts) {
			return nil, "", shop.Errorf(shop.KindForbidden, "Only managers and owners archive products.")
		}
	default:
		return nil, "", shop.Invalid("Choose active, draft or archived.")
	}
	var ids []shop.ProductID
	for _, text := range form["id"] {
		id, err := web.ParseID(text)
		if err != nil {
			return nil, "", shop.Invalid("The form names a product that there cannot be.")
		}
		ids = append(ids, shop.ProductID(id))
	}
	if len(ids) == 0 || len(ids) > mostAtOnce {
		return nil, "", shop.Invalid("Tick 1 to %d products first.", mostAtOnce)
	}
	return ids, status, nil
}
