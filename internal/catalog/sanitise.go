package catalog

import (
	"regexp"
	"strings"

	"github.com/microcosm-cc/bluemonday"
)

// prose is what a description may hold: text, headings, lists, tables, links,
// and pictures of our own. No style, class or script, and nothing that makes
// a visitor's browser ask another host.
var prose = func() *bluemonday.Policy {
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "br", "hr", "div", "span", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "code",
		"b", "strong", "i", "em", "u", "s", "small", "sub", "sup", "abbr", "ul", "ol", "li", "dl", "dt", "dd",
		"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td")
	p.AllowAttrs("colspan", "rowspan").Matching(bluemonday.Integer).OnElements("td", "th")
	p.AllowAttrs("href").OnElements("a")
	p.AllowURLSchemes("http", "https", "mailto", "tel")
	p.AllowRelativeURLs(true)
	p.RequireParseableURLs(true)
	p.RequireNoFollowOnFullyQualifiedLinks(true)
	p.AllowAttrs("src").Matching(regexp.MustCompile(`^/media/[0-9a-f-]+\.(?:jpg|png|svg)$`)).OnElements("img")
	p.AllowAttrs("alt").OnElements("img")
	p.AllowAttrs("width", "height").Matching(bluemonday.Integer).OnElements("img")
	return p
}()

// Sanitise is the HTML that is left of a description when everything that
// could act is gone. Sanitised text stays as it is.
func Sanitise(html string) string {
	html = strings.ReplaceAll(html, "\r\n", "\n")
	for range 4 {
		clean := strings.TrimSpace(prose.Sanitize(html))
		if clean == html {
			break
		}
		html = clean
	}
	return html
}
