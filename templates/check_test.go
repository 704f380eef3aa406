package templates_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// faults lists what no page of the shop may have, as sentences.
func faults(t *testing.T, page string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	c := checker{ids: map[string]bool{}, labels: map[string]bool{}}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			c.collect(n)
		}
	}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			c.check(n)
		}
	}
	if c.h1 != 1 {
		c.fault("the page has %d h1", c.h1)
	}
	return c.found
}

type checker struct {
	ids, labels map[string]bool
	h1, level   int
	found       []string
}

func (c *checker) fault(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

func (c *checker) collect(n *html.Node) {
	if id, ok := attr(n, "id"); ok {
		if c.ids[id] {
			c.fault("two elements have the id %q", id)
		}
		c.ids[id] = true
	}
	if to, ok := attr(n, "for"); ok && strings.TrimSpace(text(n)) != "" {
		c.labels[to] = true
	}
}

func (c *checker) check(n *html.Node) {
	for _, a := range n.Attr {
		c.attribute(n, a)
	}
	switch n.Data {
	case "img":
		c.image(n)
	case "input", "select", "textarea":
		c.field(n)
	case "style":
		c.fault("the page has a style element")
	case "script":
		typ, _ := attr(n, "type")
		if src, _ := attr(n, "src"); src == "" && typ != "application/ld+json" {
			c.fault("the page has an inline script")
		}
	case "a", "button":
		if strings.TrimSpace(text(n)) == "" {
			c.fault("a %s has no text: %v", n.Data, n.Attr)
		}
	case "h1", "h2", "h3", "h4":
		c.heading(n)
	}
}

func (c *checker) attribute(n *html.Node, a html.Attribute) {
	switch a.Key {
	case "style":
		c.fault("a %s has a style attribute", n.Data)
	case "for", "aria-labelledby", "aria-describedby":
		if !c.ids[a.Val] {
			c.fault("%s=%q of a %s names nothing", a.Key, a.Val, n.Data)
		}
	case "href", "action", "src":
		if a.Val == "" || strings.HasPrefix(a.Val, "#ZgotmplZ") {
			c.fault("a %s has an empty or refused %s", n.Data, a.Key)
		}
	default:
		if strings.HasPrefix(a.Key, "on") {
			c.fault("a %s has the inline handler %s", n.Data, a.Key)
		}
	}
}

func (c *checker) image(n *html.Node) {
	for _, key := range []string{"alt", "width", "height"} {
		if v, ok := attr(n, key); !ok || (key != "alt" && (v == "" || v == "0")) {
			c.fault("a picture has no %s: %v", key, n.Attr)
		}
	}
}

func (c *checker) field(n *html.Node) {
	if typ, _ := attr(n, "type"); typ == "hidden" {
		return
	}
	if name, _ := attr(n, "aria-label"); name != "" { // in a table, where rows and columns say the rest
		return
	}
	if id, _ := attr(n, "id"); !c.labels[id] {
		c.fault("a field has no label: %v", n.Attr)
	}
}

func (c *checker) heading(n *html.Node) {
	level := int(n.Data[1] - '0')
	if level == 1 {
		c.h1++
	}
	if level > c.level+1 {
		c.fault("the heading %q skips a level", text(n))
	}
	if strings.TrimSpace(text(n)) == "" {
		c.fault("an %s is empty", n.Data)
	}
	c.level = level
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
