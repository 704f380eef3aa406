package web_test

import (
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/web"
	"longrun/templates"
)

func TestAnEditedAssetHasAnotherAddressAtOnce(t *testing.T) {
	files := fstest.MapFS{}
	for _, name := range []string{"layout", "parts", "storefront", "staff", "errors", "assets"} {
		err := fs.WalkDir(templates.Files, name, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := fs.ReadFile(templates.Files, path)
			files[path] = &fstest.MapFile{Data: content}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	s := onSQLite(t, func(o *web.Options) { o.Templates, o.Reload = files, true }, func(*web.Kit, *echo.Echo) {})
	before := s.kit.Asset("css/shop.css")
	if again := s.kit.Asset("css/shop.css"); again != before {
		t.Errorf("nothing was edited: %s, then %s", before, again)
	}
	files["assets/css/shop.css"] = &fstest.MapFile{Data: []byte("body { color: red }"), ModTime: time.Unix(1, 0)}
	after := s.kit.Asset("css/shop.css")
	if after == before || after == "" {
		t.Errorf("edited: %s, then %s", before, after)
	}
	if w := s.get(after); w.Code != 200 || w.Body.String() != "body { color: red }" {
		t.Errorf("%s answers %d %q", after, w.Code, w.Body.String())
	}
}
