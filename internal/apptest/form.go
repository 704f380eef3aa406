package apptest

import (
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// Form is a form of a page, filled as a browser fills it before anybody types.
type Form struct {
	page   *Page
	node   *html.Node
	Values url.Values
}

// Form is the form with an action, the first such.
func (p *Page) Form(action string) *Form {
	p.by.t.Helper()
	for _, f := range all(p.Root, "form") {
		if path, _, _ := strings.Cut(attr(f, "action"), "?"); path == action {
			return &Form{page: p, node: f, Values: defaults(f)}
		}
	}
	p.by.t.Fatalf("%s has no form to %s", p.URL, action)
	return nil
}

// HasForm says whether the page has a form with an action.
func (p *Page) HasForm(action string) bool {
	for _, f := range all(p.Root, "form") {
		if attr(f, "action") == action {
			return true
		}
	}
	return false
}

// defaults are the values that a form would send if nobody touched it, but
// for its buttons.
func defaults(form *html.Node) url.Values {
	values := url.Values{}
	for _, n := range all(form, "input", "textarea", "select") {
		name := attr(n, "name")
		if name == "" || has(n, "disabled") {
			continue
		}
		switch {
		case n.Data == "textarea":
			values.Add(name, typedIn(n))
		case n.Data == "select":
			values.Add(name, chosen(n))
		case attr(n, "type") == "submit":
		case attr(n, "type") == "radio" || attr(n, "type") == "checkbox":
			if has(n, "checked") {
				values.Add(name, attr(n, "value"))
			}
		default:
			values.Add(name, attr(n, "value"))
		}
	}
	return values
}

// typedIn is what stands in a textarea, with its lines.
func typedIn(area *html.Node) string {
	if area.FirstChild == nil {
		return ""
	}
	return area.FirstChild.Data
}

func chosen(sel *html.Node) string {
	options := all(sel, "option")
	for _, o := range options {
		if has(o, "selected") {
			return attr(o, "value")
		}
	}
	if len(options) > 0 {
		return attr(options[0], "value")
	}
	return ""
}

// Set types a value into the field with a name. The field must be there.
func (f *Form) Set(name, value string) *Form {
	f.page.by.t.Helper()
	for _, n := range all(f.node, "input", "textarea", "select") {
		if attr(n, "name") == name && (attr(n, "type") != "radio" || attr(n, "value") == value) {
			if attr(n, "type") == "radio" && has(n, "disabled") {
				f.page.by.t.Fatalf("%s cannot be %q: the button is disabled", name, value)
			}
			f.Values.Set(name, value)
			return f
		}
	}
	f.page.by.t.Fatalf("the form on %s has no field %s that can be %q", f.page.URL, name, value)
	return nil
}

// Submit presses the button with a name, or with a name and a value
// ("do=pay"); "" sends the form as Enter does where no button has a name.
func (f *Form) Submit(button string) *Page {
	f.page.by.t.Helper()
	values := url.Values{}
	for name, list := range f.Values {
		values[name] = list
	}
	action := attr(f.node, "action")
	button, value, exact := strings.Cut(button, "=")
	for _, n := range all(f.node, "button", "input") {
		if name := attr(n, "name"); button != "" && name == button && (!exact || attr(n, "value") == value) {
			values.Set(name, attr(n, "value"))
			if to := attr(n, "formaction"); to != "" {
				action = to
			}
		}
	}
	if button != "" && !values.Has(button) {
		f.page.by.t.Fatalf("the form on %s has no button %s", f.page.URL, button)
	}
	target, err := f.page.URL.Parse(action)
	if err != nil {
		f.page.by.t.Fatal(err)
	}
	target.Fragment = "" // it stays with the browser
	method := http.MethodGet
	if strings.EqualFold(attr(f.node, "method"), "post") {
		method = http.MethodPost
	}
	return f.page.by.submit(method, target.String(), values)
}

func all(root *html.Node, names ...string) []*html.Node {
	var found []*html.Node
	for n := range root.Descendants() {
		for _, name := range names {
			if n.Type == html.ElementNode && n.Data == name {
				found = append(found, n)
			}
		}
	}
	return found
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

// textOf is the text of a node with white space folded, without scripts.
func textOf(root *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			b.WriteString(" ")
		}
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "head") {
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return strings.Join(strings.Fields(b.String()), " ")
}
