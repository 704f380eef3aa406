package web

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
)

// forever is said of what never changes under its name.
const forever = "public, max-age=31536000, immutable"

// files are the assets: style sheet, drawings, script. Each is served under a
// name with the digest of its content, packed at the start.
type files struct {
	urls   map[string]string // "css/shop.css" → "/assets/css/shop.0123456789abcdef.css"
	served map[string]asset  // by what follows /assets/
}

type asset struct {
	packed
	contentType string
}

var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".png": "image/png",
}

func digestOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

func loadFiles(from fs.FS) (files, error) {
	f := files{urls: map[string]string{}, served: map[string]asset{}}
	err := fs.WalkDir(from, "assets", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || contentTypes[path.Ext(name)] == "" {
			return err
		}
		content, err := fs.ReadFile(from, name)
		if err != nil {
			return err
		}
		name = strings.TrimPrefix(name, "assets/")
		ext := path.Ext(name)
		hashed := strings.TrimSuffix(name, ext) + "." + digestOf(content) + ext
		f.urls[name] = "/assets/" + hashed
		f.served[hashed] = asset{pack(content, 9), contentTypes[ext]}
		return nil
	})
	return f, err
}

// freshFiles are the assets of a folder that somebody is editing: read again
// when a file has another time or size.
type freshFiles struct {
	mu    sync.Mutex
	stamp string
	files files
}

func (f *freshFiles) of(from fs.FS) (files, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	stamp, err := stampOf(from)
	if err != nil || stamp == f.stamp {
		return f.files, err
	}
	if f.files, err = loadFiles(from); err == nil {
		f.stamp = stamp
	}
	return f.files, err
}

// stampOf changes with every file that is written.
func stampOf(from fs.FS) (string, error) {
	var b strings.Builder
	err := fs.WalkDir(from, "assets", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			fmt.Fprintln(&b, name, info.Size(), info.ModTime().UnixNano())
		}
		return err
	})
	return b.String(), err
}

// current are the assets; in development as they are on disk now.
func (k *Kit) current() files {
	if k.o.Reload {
		if fresh, err := k.fresh.of(k.o.Templates); err == nil {
			return fresh
		}
	}
	return k.files
}

// Asset is the address of an asset such as "img/stand-in.svg", "" for none.
func (k *Kit) Asset(name string) string { return k.current().urls[name] }

func (k *Kit) serveAsset(c echo.Context) error {
	a, ok := k.current().served[c.Param("*")]
	if !ok {
		return shop.NotFound("There is no such file.")
	}
	c.Response().Header().Set(echo.HeaderCacheControl, forever)
	return a.serve(c, a.contentType)
}

// serveIcon answers those who ask for the icon without reading the page.
func (k *Kit) serveIcon(c echo.Context) error {
	f := k.current()
	a, ok := f.served[strings.TrimPrefix(f.urls["img/icon.svg"], "/assets/")]
	if !ok {
		return shop.NotFound("There is no icon.")
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "public, max-age=86400")
	return a.serve(c, a.contentType)
}

// drawingPolicy keeps a drawing that is opened by itself from doing anything.
const drawingPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

// serveMedia serves a kept picture. Its name is its digest, so it never
// changes, and the store refuses every name it did not make itself.
func (k *Kit) serveMedia(c echo.Context) error {
	if k.o.Media == nil {
		return shop.NotFound("There is no such picture.")
	}
	file, mediaType, err := k.o.Media.Open(c.Param("file"))
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, mediaType)
	h.Set(echo.HeaderCacheControl, forever)
	h.Set(echo.HeaderContentSecurityPolicy, drawingPolicy)
	http.ServeContent(c.Response(), c.Request(), "", info.ModTime(), file)
	return nil
}

func (k *Kit) serveRobots(c echo.Context) error {
	text := "User-agent: *\nDisallow: /\n"
	if k.o.Environment == Production {
		text = "User-agent: *\nDisallow: /account\nDisallow: /cart\nDisallow: /checkout\nDisallow: /orders\n"
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "public, max-age=3600")
	return c.String(http.StatusOK, text)
}
