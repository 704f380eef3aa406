package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/labstack/echo/v4"

	"longrun/internal/media"
	"longrun/internal/web"
)

func page(k *web.Kit, e *echo.Echo) {
	web.Get(e, "/page", func(c echo.Context) error {
		base, err := k.Page(c)
		if err != nil {
			return err
		}
		return k.Render(c, 200, "errors/message", &web.MessagePage{Page: base, Heading: "Hello", Text: strings.Repeat("Run. ", 500)})
	})
	web.Get(e, "/orders/:token", func(c echo.Context) error {
		web.KeepAddress(c, c.QueryParam("form") != "")
		return c.NoContent(204)
	})
}

func TestEveryAnswerHasItsHeaders(t *testing.T) {
	s := onSQLite(t, nil, page)
	for _, path := range []string{"/page", "/nowhere", "/assets/none.css", "/healthz"} {
		h := s.get(path).Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; " +
				"manifest-src 'self'; form-action 'self' https://checkout.stripe.com; base-uri 'none'; frame-ancestors 'none'",
			"X-Content-Type-Options":     "nosniff",
			"Referrer-Policy":            "same-origin",
			"Strict-Transport-Security":  "max-age=31536000",
			"Cross-Origin-Opener-Policy": "same-origin",
			"Set-Cookie":                 "",
			"X-Robots-Tag":               "",
		} {
			if got := h.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", path, name, got, want)
			}
		}
		if h.Get("Permissions-Policy") == "" || h.Get("X-Request-Id") == "" {
			t.Errorf("%s: a header is missing in %v", path, h)
		}
	}
}

func TestAPersonalPageIsKeptByNobody(t *testing.T) {
	s := onSQLite(t, nil, page)
	w := s.get("/page", "Accept-Encoding", "gzip")
	if got := w.Header().Get("Cache-Control"); got != "private, no-store" {
		t.Errorf("Cache-Control is %q", got)
	}
	if w.Header().Get("Content-Encoding") != "gzip" || w.Header().Get("Vary") != "Accept-Encoding" || !strings.Contains(unpacked(t, "gzip", w.Body.Bytes()), "Hello") {
		t.Errorf("not compressed: %v", w.Header())
	}
	if regexp.MustCompile(`<script[ >]|<style|style=|onclick=`).MatchString(s.get("/page").Body.String()) {
		t.Error("the page has script or style inside it")
	}
}

func TestHeadersFollowTheInstallation(t *testing.T) {
	s := onSQLite(t, func(o *web.Options) { o.BaseURL, o.Environment = "http://127.0.0.1:8080", web.Development }, page)
	h := s.get("/page").Header()
	if h.Get("Strict-Transport-Security") != "" || h.Get("X-Robots-Tag") != "noindex" {
		t.Errorf("development over http has %v", h)
	}
	if body := s.get("/page").Body.String(); !strings.Contains(body, "test shop") || !strings.Contains(body, "noindex") {
		t.Error("a test shop does not say so")
	}
	if body := s.get("/robots.txt").Body.String(); body != "User-agent: *\nDisallow: /\n" {
		t.Errorf("robots.txt is %q", body)
	}
}

func TestAPrivateAddressIsNamedToNobody(t *testing.T) {
	s := onSQLite(t, nil, page)
	if h := s.get("/orders/x").Header(); h.Get("Referrer-Policy") != "no-referrer" || h.Get("X-Robots-Tag") != "noindex" {
		t.Errorf("headers are %v", h)
	}
	if h := s.get("/orders/x?form=1").Header(); h.Get("Referrer-Policy") != "strict-origin" {
		t.Errorf("with a form the policy is %q", h.Get("Referrer-Policy"))
	}
}

func TestAssetsAreKeptForEverUnderTheirDigest(t *testing.T) {
	s := onSQLite(t, nil, page)
	address := s.kit.Asset("css/shop.css")
	if !regexp.MustCompile(`^/assets/css/shop\.[0-9a-f]{16}\.css$`).MatchString(address) {
		t.Fatalf("the address is %q", address)
	}
	plain := s.get(address)
	for _, encoding := range []string{"br", "gzip"} {
		w := s.get(address, "Accept-Encoding", "deflate, "+encoding+";q=0.5")
		if w.Header().Get("Content-Encoding") != encoding || unpacked(t, encoding, w.Body.Bytes()) != plain.Body.String() {
			t.Errorf("%s: %v", encoding, w.Header())
		}
		if again := s.get(address, "Accept-Encoding", encoding, "If-None-Match", w.Header().Get("Etag")); again.Code != 304 || again.Body.Len() > 0 {
			t.Errorf("%s: asked again gives %d", encoding, again.Code)
		}
	}
	if got := plain.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
		t.Errorf("Cache-Control is %q", got)
	}
	if w := s.get(address, "Accept-Encoding", "br;q=0, gzip;q=0"); w.Header().Get("Content-Encoding") != "" {
		t.Error("an encoding that was refused is used")
	}
	for _, path := range []string{"/assets/css/shop.css", "/assets/../kit.go", "/assets/%2e%2e/templates.go", "/assets/", "/assets/css", "/assets//etc/passwd", `/assets/..%5c..%5ckit.go`} {
		if w := s.get(path); w.Code != 404 {
			t.Errorf("%s is %d", path, w.Code)
		}
	}
	if w := s.get("/favicon.ico"); w.Code != 200 || w.Header().Get("Content-Type") != "image/svg+xml" {
		t.Errorf("the icon is %d %v", w.Code, w.Header())
	}
}

func TestPicturesAreServedAsPicturesAlone(t *testing.T) {
	store, err := media.NewStore(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	kept, err := store.PutDrawn([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 9"></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	s := onSQLite(t, func(o *web.Options) { o.Media = store }, nil)
	w := s.get("/media/" + kept.Digest + ".svg")
	if w.Code != 200 || w.Header().Get("Content-Type") != "image/svg+xml" || w.Header().Get("X-Content-Type-Options") != "nosniff" {
		t.Fatalf("%d %v", w.Code, w.Header())
	}
	if got := w.Header().Get("Content-Security-Policy"); got != "default-src 'none'; style-src 'unsafe-inline'; sandbox" {
		t.Errorf("the policy is %q", got)
	}
	for _, path := range []string{"/media/x.svg", "/media/..%2f..%2fetc%2fpasswd", "/media/%2e%2e", "/media/" + kept.Digest + ".html", "/media/" + kept.Digest + "-320.jpg", "/media/", "/media/.."} {
		if w := s.get(path); w.Code != 404 {
			t.Errorf("%s is %d", path, w.Code)
		}
	}
}

func unpacked(t *testing.T, encoding string, body []byte) string {
	t.Helper()
	var r io.Reader = brotli.NewReader(bytes.NewReader(body))
	if encoding == "gzip" {
		z, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r = z
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
