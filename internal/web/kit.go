package web

import (
	"context"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"

	"longrun/internal/database"
	"longrun/internal/media"
	"longrun/internal/shop"
)

// The environments. Any other than Production marks every page as a test.
const (
	Production  = "production"
	Staging     = "staging"
	Development = "development"
)

// Options are what the kit needs to know of this installation.
type Options struct {
	Reader      database.Reader
	Templates   fs.FS    // the templates folder, embedded or on disk
	Reload      bool     // read Templates again for each page
	BaseURL     string   // of the shop, without a slash at the end; links never trust the request for it
	Environment string   // Production, Staging or Development
	PayOrigins  []string // origins of the payment pages that forms may lead to
	// TrustedProxies are the networks whose X-Forwarded-For is believed; none
	// means that visitors connect directly.
	TrustedProxies []netip.Prefix
	Media          *media.Store // nil serves no pictures
	Log            *slog.Logger // nil means slog.Default
	Admission      Admission    // zero values mean the defaults
}

// Kit is what every door shares. Its methods may be called at the same time.
type Kit struct {
	o       Options
	reader  database.Reader
	base    *url.URL
	log     *slog.Logger
	bagMark string // stands in rendered pages for the number in the bag
	files   files
	fresh   freshFiles // of a folder that is being edited
	pages   pages
	cache   *pageCache
	making  making
	// crossOrigin tells what other sites send from what the shop's pages do.
	crossOrigin *http.CrossOriginProtection
	admission   *admission
	rates       *rates
	areas       []area

	mu      sync.Mutex
	routes  map[string]bool // patterns whose handlers ask for admission themselves
	ready   func(context.Context) error
	closing bool
}

// New makes the kit: it parses every template and compresses every asset, so
// that a mistake in either shows at the start.
func New(o Options) (*Kit, error) {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	base, err := url.Parse(o.BaseURL)
	if err != nil || base.Host == "" || base.Path != "" {
		return nil, fmt.Errorf("BASE_URL %q is not an address such as https://shop.example", o.BaseURL)
	}
	k := &Kit{
		o: o, reader: o.Reader, base: base, log: o.Log, bagMark: newMark(), routes: map[string]bool{},
		cache: newPageCache(o.Reader, o.Log), admission: newAdmission(o.Admission), rates: newRates(),
	}
	k.crossOrigin = http.NewCrossOriginProtection()
	if err := k.crossOrigin.AddTrustedOrigin(base.Scheme + "://" + base.Host); err != nil {
		return nil, err
	}
	if k.files, err = loadFiles(o.Templates); err != nil {
		return nil, err
	}
	k.pages, err = parsePages(o.Templates)
	return k, err
}

// BaseURL is the address of the shop, without a slash at the end.
func (k *Kit) BaseURL() string { return k.o.BaseURL }

// Environment is Production, Staging or Development.
func (k *Kit) Environment() string { return k.o.Environment }

// Log is where the doors log.
func (k *Kit) Log() *slog.Logger { return k.log }

// https says whether visitors reach the shop over TLS.
func (k *Kit) https() bool { return k.base.Scheme == "https" }

// page is the base of a page, with everything that does not depend on who asks.
func (k *Kit) page(path string, s shop.Settings, collections []shop.Collection) Page {
	p := Page{
		Path: path, ShopName: s.ShopName, Banner: s.Banner(), NoIndex: k.o.Environment != Production,
		Stylesheet: k.Asset("css/shop.css"), Icon: k.Asset("img/icon.svg"),
		BagMark:    template.HTML(k.bagMark),
		ReturnDays: s.ReturnDays, ShopAddress: strings.Split(s.ShopAddress, "\n"), ShopEmail: s.ShopEmail,
		ShopPhone: s.ShopPhone, ShopHours: strings.FieldsFunc(s.ShopHours, func(r rune) bool { return r == '\n' }),
		FooterMenu: []MenuItem{{"All products", "/collections/all"}, {"Collections", "/collections"}, {"Your bag", "/cart"}, {"Your account", "/account"}, {"Find your order", "/orders/find"}, {"Contact", "/pages/contact"}, {"Your data", "/privacy"}},
	}
	if k.o.Environment != Production {
		p.TestBar = "This is a test shop: nothing is sent, and no real money moves."
	}
	for _, c := range collections[:min(len(collections), menuLength)] {
		p.Menu = append(p.Menu, MenuItem{c.Title, "/collections/" + c.Handle})
	}
	return p
}

// menuLength is how many collections fit into the line at the top.
const menuLength = 6
