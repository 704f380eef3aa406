package apptest

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// Shopper is a browser without JavaScript: it keeps cookies, follows links
// and redirects, and submits forms as a browser would.
type Shopper struct {
	t    testing.TB
	base string
	http *http.Client
}

// Shopper is a new visitor.
func (s *Shop) Shopper(t testing.TB) *Shopper {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Shopper{t: t, base: s.URL, http: &http.Client{Jar: jar, Timeout: 60 * time.Second}}
}

// Page is what a shopper sees.
type Page struct {
	URL    *url.URL
	Status int
	Header http.Header
	Body   string
	Root   *html.Node
	by     *Shopper
}

// Get opens an address, of the shop when it begins with a slash.
func (s *Shopper) Get(address string) *Page {
	s.t.Helper()
	if strings.HasPrefix(address, "/") {
		address = s.base + address
	}
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Sec-Fetch-Site", "none")
	return s.open(request)
}

// Post sends a form by hand, as a script would.
func (s *Shopper) Post(path string, form url.Values) *Page {
	s.t.Helper()
	return s.submit(http.MethodPost, s.base+path, form)
}

func (s *Shopper) submit(method, action string, form url.Values) *Page {
	s.t.Helper()
	var body io.Reader
	if method == http.MethodGet {
		action, _, _ = strings.Cut(action, "?")
		action += "?" + form.Encode()
	} else {
		body = strings.NewReader(form.Encode())
	}
	request, err := http.NewRequest(method, action, body)
	if err != nil {
		s.t.Fatal(err)
	}
	if body != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	return s.open(request)
}

func (s *Shopper) open(request *http.Request) *Page {
	s.t.Helper()
	request.Header.Set("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	response, err := s.http.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	root, err := html.Parse(strings.NewReader(string(body)))
	if err != nil {
		s.t.Fatal(err)
	}
	page := &Page{URL: response.Request.URL, Status: response.StatusCode, Header: response.Header, Body: string(body), Root: root, by: s}
	return page.refreshed()
}

// refreshed waits as a browser does when a page asks to be opened again.
func (p *Page) refreshed() *Page {
	seconds, target, ok := strings.Cut(p.Header.Get("Refresh"), ";")
	if !ok || seconds == "" {
		return p
	}
	target = strings.TrimPrefix(strings.TrimSpace(target), "url=")
	time.Sleep(300 * time.Millisecond)
	next, err := p.URL.Parse(target)
	if err != nil {
		p.by.t.Fatal(err)
	}
	return p.by.Get(next.String())
}

// Text is what the page says, with white space folded.
func (p *Page) Text() string { return textOf(p.Root) }

// Must fails the test unless the page answered with a status and says all of
// these.
func (p *Page) Must(status int, says ...string) *Page {
	p.by.t.Helper()
	if p.Status != status {
		p.by.t.Fatalf("%s answered %d, want %d: %.600s", p.URL, p.Status, status, p.Text())
	}
	text := p.Text()
	for _, s := range says {
		if !strings.Contains(text, s) {
			p.by.t.Fatalf("%s does not say %q: %.1500s", p.URL, s, text)
		}
	}
	return p
}

// MustNot fails the test if the page says any of these.
func (p *Page) MustNot(says ...string) *Page {
	p.by.t.Helper()
	text := p.Text()
	for _, s := range says {
		if strings.Contains(text, s) {
			p.by.t.Fatalf("%s says %q: %.1500s", p.URL, s, text)
		}
	}
	return p
}

// Follow follows the first link whose text contains these words.
func (p *Page) Follow(words string) *Page {
	p.by.t.Helper()
	for _, a := range all(p.Root, "a") {
		if strings.Contains(textOf(a), words) {
			target, err := p.URL.Parse(attr(a, "href"))
			if err != nil {
				p.by.t.Fatal(err)
			}
			return p.by.follow(p, target)
		}
	}
	p.by.t.Fatalf("%s has no link %q", p.URL, words)
	return nil
}

func (s *Shopper) follow(from *Page, target *url.URL) *Page {
	s.t.Helper()
	request, err := http.NewRequest(http.MethodGet, target.String(), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	site := "cross-site"
	if target.Host == from.URL.Host {
		site = "same-origin"
	}
	request.Header.Set("Sec-Fetch-Site", site)
	request.Header.Set("Sec-Fetch-Mode", "navigate")
	return s.open(request)
}
