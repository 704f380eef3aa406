package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/templates"
)

// pages are the parsed sets of templates by name: "storefront/bag".
type pages map[string]*template.Template

func parsePages(files fs.FS) (pages, error) {
	parsed := pages{}
	for _, folder := range []string{"storefront", "staff", "errors"} {
		names, err := fs.Glob(files, folder+"/*.html")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			set, err := templates.Parse(files, name)
			if err != nil {
				return nil, fmt.Errorf("template %s: %w", name, err)
			}
			parsed[strings.TrimSuffix(name, ".html")] = set
		}
	}
	return parsed, nil
}

// Page is the base of a page for this request: settings in force, menu, files.
func (k *Kit) Page(c echo.Context) (Page, error) {
	ctx := c.Request().Context()
	settings, err := k.reader.Settings(ctx)
	if err != nil {
		return Page{}, err
	}
	collections, err := k.reader.Collections(ctx)
	return k.page(c.Request().URL.Path, settings, collections), err
}

// Render answers with a page that is this visitor's alone and nobody keeps.
// name is the template's ("storefront/bag"), page a pointer to its struct. The
// page is complete before the first byte leaves, so that an error still has
// its own answer.
func (k *Kit) Render(c echo.Context, status int, name string, page any) error {
	html, err := k.execute(name, page)
	if err != nil {
		return err
	}
	return k.personal(c, status, k.splice(html, k.bagCount(c)))
}

// personal sends a page for this visitor only, compressed fast.
func (k *Kit) personal(c echo.Context, status int, html []byte) error {
	h := c.Response().Header()
	h.Set(echo.HeaderCacheControl, "private, no-store")
	return send(c, status, echo.MIMETextHTMLCharsetUTF8, html)
}

func (k *Kit) execute(name string, page any) ([]byte, error) {
	set := k.pages[name]
	if k.o.Reload {
		fresh, err := templates.Parse(k.o.Templates, name+".html")
		if err != nil {
			return nil, fmt.Errorf("template %s: %w", name, err)
		}
		set = fresh
	}
	if set == nil {
		return nil, fmt.Errorf("there is no template %q", name)
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, templates.Base, page); err != nil {
		return nil, fmt.Errorf("rendering %s: %w", name, err)
	}
	return b.Bytes(), nil
}

// bagCount is the number in this visitor's bag. A page without it is better
// than none, so an error only leaves it out.
func (k *Kit) bagCount(c echo.Context) int {
	token := k.BagToken(c)
	if token == "" {
		return 0
	}
	n, err := k.reader.CartCount(c.Request().Context(), token)
	if err != nil && !errors.Is(err, context.Canceled) && shop.KindOf(err) == shop.KindInternal {
		k.log.Warn("the number in the bag is left out", "err", err)
	}
	return n
}
