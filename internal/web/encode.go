package web

import (
	"bytes"
	"io"
	"math/bits"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/labstack/echo/v4"
)

// worthIt is the size in bytes from which compressing pays.
const worthIt = 1024

// accepts says whether a client takes an encoding. An encoding that is not
// named is taken only where "*" is; a quality of zero refuses.
func accepts(header, encoding string) bool {
	any := false
	for _, item := range strings.Split(header, ",") {
		name, parameters, _ := strings.Cut(item, ";")
		name = strings.ToLower(strings.TrimSpace(name))
		if name != encoding && name != "*" {
			continue
		}
		_, q, given := strings.Cut(strings.ReplaceAll(parameters, " ", ""), "q=")
		quality, err := strconv.ParseFloat(q, 64)
		taken := !given || err == nil && quality > 0
		if name == encoding {
			return taken
		}
		any = taken
	}
	return any
}

var fastGzip = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed)
	return w
}}

// gzipped compresses fast, for bytes that are sent once.
func gzipped(body []byte) []byte {
	var b bytes.Buffer
	w := fastGzip.Get().(*gzip.Writer)
	defer fastGzip.Put(w)
	w.Reset(&b)
	_, _ = w.Write(body) // a bytes.Buffer takes everything
	_ = w.Close()
	return b.Bytes()
}

// gzipWell and brotliAt compress once what is sent many times.
func gzipWell(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, 6)
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}

// brotliAt takes a window no larger than the body: the usual one is 4 MB for
// each writer, which a small program notices.
func brotliAt(level int, body []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriterOptions(&b, brotli.WriterOptions{Quality: level, LGWin: min(max(bits.Len(uint(len(body))), 10), 22)})
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
}

// send writes a whole body, compressed if it pays and the client takes it.
func send(c echo.Context, status int, contentType string, body []byte) error {
	h := c.Response().Header()
	vary(c, echo.HeaderAcceptEncoding)
	if len(body) >= worthIt && accepts(c.Request().Header.Get(echo.HeaderAcceptEncoding), "gzip") {
		h.Set(echo.HeaderContentEncoding, "gzip")
		body = gzipped(body)
	}
	return write(c, status, contentType, body)
}

func write(c echo.Context, status int, contentType string, body []byte) error {
	c.Response().Header().Set(echo.HeaderContentLength, strconv.Itoa(len(body)))
	return c.Blob(status, contentType, body)
}

// vary names a request header that the answer depends on, once.
func vary(c echo.Context, name string) {
	h := c.Response().Header()
	if !strings.Contains(h.Get(echo.HeaderVary), name) {
		h.Add(echo.HeaderVary, name)
	}
}

// packed is a body in every form in which it is sent, with its digest. br may
// be missing where it would not pay.
type packed struct {
	plain, gzip, br []byte
	digest          string
}

// pack compresses a body once for all who will ask.
func pack(body []byte, level int) packed {
	return packed{plain: body, gzip: gzipWell(body), br: brotliAt(level, body), digest: digestOf(body)}
}

func (p packed) size() int { return len(p.plain) + len(p.gzip) + len(p.br) }

// choose is the smallest form that a client takes.
func (p packed) choose(acceptEncoding string) (body []byte, encoding string) {
	switch {
	case len(p.plain) < worthIt:
	case p.br != nil && accepts(acceptEncoding, "br"):
		return p.br, "br"
	case accepts(acceptEncoding, "gzip"):
		return p.gzip, "gzip"
	}
	return p.plain, ""
}

// serve sends the form that fits, or 304 to whoever has it already.
func (p packed) serve(c echo.Context, contentType string) error {
	h := c.Response().Header()
	vary(c, echo.HeaderAcceptEncoding)
	body, encoding := p.choose(c.Request().Header.Get(echo.HeaderAcceptEncoding))
	tag := p.digest
	if encoding != "" {
		tag += "-" + encoding
	}
	h.Set("Etag", `"`+tag+`"`)
	if p.known(c.Request().Header.Get("If-None-Match")) {
		return c.NoContent(304)
	}
	if encoding != "" {
		h.Set(echo.HeaderContentEncoding, encoding)
	}
	return write(c, 200, contentType, body)
}

// known says whether one of the client's tags is this body in any form.
func (p packed) known(ifNoneMatch string) bool {
	for _, tag := range strings.Split(ifNoneMatch, ",") {
		tag = strings.Trim(strings.TrimPrefix(strings.TrimSpace(tag), "W/"), `"`)
		digest, _, _ := strings.Cut(tag, "-")
		if digest == p.digest {
			return true
		}
	}
	return false
}

// HTML sends a finished page, compressed if it pays.
func HTML(c echo.Context, status int, body []byte) error {
	return send(c, status, echo.MIMETextHTMLCharsetUTF8, body)
}
