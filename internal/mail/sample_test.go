package mail_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"longrun/internal/mail"
	"longrun/internal/shop"
)

// kindsInWords are all kinds of mail that package shop names.
func kindsInWords(t *testing.T) []shop.MailKind {
	t.Helper()
	var kinds []shop.MailKind
	files, err := filepath.Glob("../shop/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("the words are not there")
	}
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for n := range ast.Preorder(file) {
			spec, ok := n.(*ast.ValueSpec)
			if !ok {
				continue
			}
			if typ, ok := spec.Type.(*ast.Ident); !ok || typ.Name != "MailKind" {
				continue
			}
			kind, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			kinds = append(kinds, shop.MailKind(kind))
		}
	}
	slices.Sort(kinds)
	return kinds
}

func TestEveryKindOfMailHasTemplatesAndASample(t *testing.T) {
	written := mail.Kinds()
	slices.Sort(written)
	if words := kindsInWords(t); len(words) < 10 || !slices.Equal(words, written) {
		t.Errorf("the shop names the mails %q, templates are read for %q", words, written)
	}
	for _, kind := range written {
		if _, err := writer(t).Sample(kind, shop.DefaultSettings(), "https://shop.example"); err != nil {
			t.Errorf("%s: %v", kind, err)
		}
	}
	if _, err := writer(t).Sample("spam", shop.DefaultSettings(), "https://shop.example"); !shop.IsNotFound(err) {
		t.Errorf("an unknown kind: %v", err)
	}
}

// carriers are where parcels are followed: the only addresses in mails that
// are not the shop's own.
var carriers = []string{"www.ups.com"}

func TestEveryMailSaysWhereTheShopIsAndLeadsNowhereElse(t *testing.T) {
	s := shop.DefaultSettings()
	for _, kind := range mail.Kinds() {
		m, err := writer(t).Sample(kind, s, "https://shop.example")
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range append(strings.Split(s.ShopAddress, "\n"), s.ShopPhone, s.ShopName) {
			if !strings.Contains(m.Text, want) || !strings.Contains(m.HTML, want) {
				t.Errorf("%s: a form of the mail lacks %q", kind, want)
			}
		}
		if mail.CheckAddress(m.ReplyTo) != nil {
			t.Errorf("%s: its answers go to %q", kind, m.ReplyTo)
		}
		for _, link := range append(htmlLinks(t, m.HTML), textLinks(m.Text)...) {
			u, err := url.Parse(link)
			if err != nil || u.Scheme != "mailto" && u.Host != "shop.example" && !slices.Contains(carriers, u.Host) {
				t.Errorf("%s leads to %q", kind, link)
			}
		}
		for _, no := range []string{shop.DefaultTitle, "ZgotmplZ", "<no value>", "<script", " src="} {
			if strings.Contains(m.HTML+m.Text, no) {
				t.Errorf("%s has %q in it", kind, no)
			}
		}
	}
}

func htmlLinks(t *testing.T, page string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var links []string
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key == "href" || a.Key == "src" {
				links = append(links, a.Val)
			}
		}
	}
	return links
}

func textLinks(text string) []string {
	var links []string
	for _, word := range strings.Fields(text) {
		if strings.Contains(word, "://") {
			links = append(links, word)
		}
	}
	return links
}
