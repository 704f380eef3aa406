package staff

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

func (s *Staff) saveProduct(c echo.Context, in database.SignedIn) error {
	stored, err := s.askedProduct(c)
	if err != nil {
		return err
	}
	return s.takeProduct(c, in, &stored)
}

// takeProduct reads the form of a product, stored or new, and saves it. What
// is not right is shown again with everything that was typed.
func (s *Staff) takeProduct(c echo.Context, in database.SignedIn, stored *shop.Product) error {
	form, files, err := web.FormAndFiles(c, productFields)
	if err != nil {
		return err
	}
	p, err := s.productPage(c, in, stored)
	if err != nil {
		return err
	}
	first := p.Typed
	sent := p.take(form)
	p.Files = len(files)
	if sheet := p.Typed.pasted(); sheet != "" && stored.ID != 0 {
		return s.showPaste(c, p, stored, sheet)
	}
	read := p.Typed.read(stored, p.zoneOrUTC(), p.MayCount)
	p.mayArchive(read, stored)
	saved, err := s.saveEdit(c, in.Staff.Actor(), sent.sure, catalog.Edit{
		ID: stored.ID, Version: p.Version, Product: read.product, Seen: seen(stored, p.Typed, unpack(sent.base, first), p.MayCount),
		Key: p.Key, Redirect: p.Typed["redirect"] == yes, Faults: read.bad, Uploads: uploads(files),
	})
	if err != nil {
		return s.refuseProduct(c, p, stored, read, err)
	}
	done := "product-saved"
	if stored.ID == 0 {
		done = "product-made"
	}
	return c.Redirect(http.StatusSeeOther, productURL(saved.ID)+"?done="+done)
}

// take puts what a browser sent onto the page.
func (p *ProductPage) take(form url.Values) sent {
	own := sent{version: form.Get("version"), base: form.Get("base"), sure: form.Get("sure"), key: form.Get("key")}
	for _, name := range []string{"version", "base", "sure", "key"} {
		form.Del(name)
	}
	p.Typed, p.Version = typedFrom(form), 0
	if own.base != "" {
		p.Base = own.base
	}
	if version, ok := whole(own.version); ok {
		p.Version = int64(version)
	}
	if own.key != "" {
		p.Key = own.key
	}
	return own
}

// saveEdit saves an edit. Being sure holds for exactly the warnings that were
// shown.
func (s *Staff) saveEdit(c echo.Context, who, sure string, e catalog.Edit) (shop.Product, error) {
	saved, err := s.catalog.Save(c.Request().Context(), who, e)
	var unsure *catalog.Unsure
	if errors.As(err, &unsure) && sure == digestOf(unsure.Warnings) {
		e.Sure = true
		return s.catalog.Save(c.Request().Context(), who, e)
	}
	return saved, err
}

// uploads are the new pictures among a form's files.
func uploads(files []web.File) []catalog.Upload {
	var list []catalog.Upload
	for _, f := range files {
		if f.Field == "pictures" {
			list = append(list, catalog.Upload{File: f.Content})
		}
	}
	return list
}

// sent are the fields of a form that are about the form itself.
type sent struct{ version, base, sure, key string }

// mayArchive refuses the archive to those who may not drop products.
func (p *ProductPage) mayArchive(r *reading, stored *shop.Product) {
	if r.product.Status == shop.ProductArchived && stored.Status != shop.ProductArchived && !p.MayDrop {
		r.bad["status"] = "Only managers and owners archive products."
	}
}

// refuseProduct shows the form again.
func (s *Staff) refuseProduct(c echo.Context, p *ProductPage, stored *shop.Product, r *reading, refusal error) error {
	var clash *catalog.Clash
	if errors.As(refusal, &clash) {
		return s.showClash(c, p, clash)
	}
	status, err := p.refuse(refusal)
	if err != nil {
		return err
	}
	p.Fields = formNames(p.Fields, &r.product, r.keys)
	var unsure *catalog.Unsure
	if errors.As(refusal, &unsure) {
		p.Warnings, p.Sure = unsure.Warnings, digestOf(unsure.Warnings)
	}
	return s.showProduct(c, status, p, stored)
}

// digestOf names warnings, so that being sure of some is not being sure of
// others.
func digestOf(warnings []string) string {
	sum := sha256.Sum256([]byte(strings.Join(warnings, "\n")))
	return hex.EncodeToString(sum[:8])
}

// seen are the counts that the form showed. A count that was not sent was
// not changed.
func seen(stored *shop.Product, now, first typed, maySetCounts bool) map[shop.VariantID]int64 {
	counts := map[shop.VariantID]int64{}
	for i := range stored.Variants {
		v := &stored.Variants[i]
		counts[v.ID] = v.Stock.OnHand
		name := variantField(variantKey(v.ID), fieldCount)
		if _, sent := now[name]; !sent || !maySetCounts {
			continue
		}
		if n, err := shop.ParseOnHand(first[name]); err == nil {
			counts[v.ID] = n
		}
	}
	return counts
}

// pasted is the sheet that something was pasted for, "" for none.
func (t typed) pasted() string {
	for _, kind := range sheetKinds {
		if strings.TrimSpace(t["paste."+kind.field]) != "" {
			return kind.field
		}
	}
	return ""
}

// showPaste shows the form with a pasted block in its cells. Nothing is saved
// before the form is sent again.
func (s *Staff) showPaste(c echo.Context, p *ProductPage, stored *shop.Product, sheet string) error {
	before := p.Typed.clone()
	if sheet == fieldCount && !p.MayCount {
		return shop.Errorf(shop.KindForbidden, "Counts are changed by those who look after the stock.")
	}
	changes, err := p.Typed.paste(stored, sheet)
	if err != nil {
		status, err := p.refuse(err)
		if err != nil {
			return err
		}
		return s.showProduct(c, status, p, stored)
	}
	p.Preview, p.Pasted, p.was = changes, sheetTitle(sheet), map[string]string{}
	for name := range p.Typed {
		if p.Typed[name] != before[name] {
			p.was[name] = orElse(before[name], "nothing")
		}
	}
	return s.showProduct(c, http.StatusOK, p, stored)
}
