package web

import "html/template"

// Page is what every page has: its head, the line above it, and the way
// through the shop. Each page's own struct embeds it.
type Page struct {
	Title       string // of the document, without the shop's name
	Description string // for search engines, "" for none
	Canonical   string // absolute URL, "" for none
	NoIndex     bool
	JSONLD      []template.JS // each the text of one application/ld+json script, already escaped
	Crumbs      []Crumb       // from Home to here; empty on home

	Path        string // of this request, to mark the current menu entry
	ShopName    string
	Banner      string // "Free Shipping for orders over $100 /// Free Returns for all orders."
	TestBar     string // "test shop …" in staging and development, "" in production
	Menu        []MenuItem
	FooterMenu  []MenuItem
	Stylesheet  string        // hashed URL
	Icon        string        // hashed URL of img/icon.svg
	Script      string        // hashed URL, "" while there is none
	BagMark     template.HTML // where the number in the bag is put in after rendering
	ReturnDays  int
	ShopAddress []string
	ShopEmail   string
	ShopPhone   string
	ShopHours   []string // when somebody answers, by line
}

// Crumb is one step of the way here.
type Crumb struct{ Title, URL string }

// MenuItem is one entry of a menu.
type MenuItem struct{ Title, URL string }

// MessagePage says one thing: not found, refused, something went wrong.
type MessagePage struct {
	Page
	Status    int
	Heading   string
	Text      string
	Reference string // for a 500, so that the shop can find it in its log
	Action    MenuItem
}
