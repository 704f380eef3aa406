package web_test

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/labstack/echo/v4"

	"longrun/internal/web"
	"longrun/templates"
)

func TestAnErrorWhosePageCannotBeMadeIsStillAnError(t *testing.T) {
	files := fstest.MapFS{}
	err := fs.WalkDir(templates.Files, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			content, readErr := fs.ReadFile(templates.Files, path)
			files[path] = &fstest.MapFile{Data: content}
			return readErr
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s := onSQLite(t, func(o *web.Options) { o.Templates, o.Reload = files, true }, func(_ *web.Kit, e *echo.Echo) {
		e.GET("/broken", func(echo.Context) error { return errors.New("broken") })
	})
	clear(files) // somebody has taken the folder away
	if w := s.get("/broken"); w.Code != 500 || w.Body.Len() == 0 {
		t.Errorf("answer %d with %d bytes", w.Code, w.Body.Len())
	}
}
