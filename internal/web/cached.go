package web

import (
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// maxQueryValue is how long a value in a key may be; the longest that any
// page knows is a sort order.
const maxQueryValue = 40

// View is a page as a handler of a cached route gives it back.
type View struct {
	Template string // "storefront/product"
	Page     any    // a pointer to its struct
	Shown    Shown
}

// Cached registers a page that is the same for everyone but for the number in
// the bag. query names the parameters it knows; others are ignored, and so is
// everything else that differs between requests: the handler must read nothing
// but its path and these. It is for pages only: nothing about a visitor.
func (k *Kit) Cached(e *echo.Echo, path string, maker func(echo.Context) (View, error), query ...string) {
	k.mu.Lock()
	k.routes[path] = true
	k.mu.Unlock()
	Get(e, path, func(c echo.Context) error { return k.serveCached(c, maker, query) })
}

func (k *Kit) serveCached(c echo.Context, maker func(echo.Context) (View, error), query []string) error {
	key, short := cacheKey(c.Request().URL, query)
	page := k.cache.get(key)
	if page == nil {
		var err error
		if page, err = k.build(c, key, short, maker); err != nil {
			return err
		}
	}
	vary(c, echo.HeaderCookie)
	if k.BagToken(c) != "" {
		return k.serveWithBag(c, page)
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "no-cache")
	return page.clean.serve(c, echo.MIMETextHTMLCharsetUTF8)
}

// serveWithBag puts the visitor's number into the stored page.
func (k *Kit) serveWithBag(c echo.Context, page *storedPage) error {
	leave, err := k.admission.enter(c.Request().Context())
	if err != nil {
		return err
	}
	count := k.bagCount(c)
	leave()
	return k.personal(c, 200, k.splice(page.marked, count))
}

// cacheKey is the path with the known parameters in the route's own order,
// each once. A long value cannot be one that the page knows, and would let
// anyone fill the cache.
func cacheKey(u *url.URL, query []string) (key string, short bool) {
	var b strings.Builder
	b.WriteString(u.Path)
	values, short := u.Query(), true
	for _, name := range query {
		if v := values.Get(name); v != "" {
			short = short && len(v) <= maxQueryValue
			b.WriteString("\x00" + name + "=" + v)
		}
	}
	return b.String(), short
}

// build makes a page and stores it if it may. Of those who ask for the same
// page at once one makes it, and the others wait for it.
func (k *Kit) build(c echo.Context, key string, short bool, maker func(echo.Context) (View, error)) (*storedPage, error) {
	if !short {
		return k.render(c, key, maker, false)
	}
	done, first := k.making.begin(key)
	if first {
		defer k.making.end(key)
		return k.render(c, key, maker, true)
	}
	select {
	case <-done:
	case <-c.Request().Context().Done():
		return nil, c.Request().Context().Err()
	}
	if page := k.cache.get(key); page != nil {
		return page, nil
	}
	return k.render(c, key, maker, true) // it was not one to be kept
}

func (k *Kit) render(c echo.Context, key string, maker func(echo.Context) (View, error), store bool) (*storedPage, error) {
	leave, err := k.admission.enter(c.Request().Context())
	if err != nil {
		return nil, err
	}
	defer leave()
	mark, began := k.cache.mark(), time.Now()
	now, err := k.reader.Now(c.Request().Context())
	if err != nil {
		return nil, err
	}
	view, err := maker(c)
	if err != nil {
		return nil, err
	}
	html, err := k.execute(view.Template, view.Page)
	if err != nil {
		return nil, err
	}
	page := &storedPage{marked: html, shows: view.Shown.Products, expires: began.Add(cacheAge)}
	if u := view.Shown.Until; u != nil && u.Sub(now.Time) < cacheAge {
		page.expires = began.Add(u.Sub(now.Time))
	}
	clean := k.splice(html, 0)
	if !store || view.Shown.Once || k.o.Reload {
		fast := gzipped(clean)
		page.clean = packed{plain: clean, gzip: fast, digest: digestOf(clean)}
		return page, nil
	}
	page.clean = pack(clean, 4)
	k.cache.put(key, page, mark)
	return page, nil
}

// Forget drops all cached pages of this process.
func (k *Kit) Forget() { k.cache.dropAll() }
