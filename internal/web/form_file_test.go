package web

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

// part is a part of a form; one with a file's name is a file.
type part struct{ field, file, content string }

func TestAFormTakesTheOneFileItAsksFor(t *testing.T) {
	for name, test := range map[string]struct {
		parts  []part
		status int // 0 for none
		file   string
	}{
		"a file":                     {[]part{{"file", "a.csv", "x,y"}, {"pasted", "", "z"}}, 0, "x,y"},
		"none chosen":                {[]part{{"file", "", ""}, {"pasted", "", "z"}}, 0, ""},
		"as large as may be":         {[]part{{"file", "a.csv", strings.Repeat("x", 100)}, {"pasted", "", "z"}}, 0, strings.Repeat("x", 100)},
		"too large":                  {[]part{{"file", "a.csv", strings.Repeat("x", 101)}}, 413, ""},
		"a field that is too large":  {[]part{{"pasted", "", strings.Repeat("x", 101)}}, 413, ""},
		"two files":                  {[]part{{"file", "a.csv", "x"}, {"file", "b.csv", "y"}}, 400, ""},
		"a file in another field":    {[]part{{"other", "a.csv", "x"}}, 400, ""},
		"a file that is no text":     {[]part{{"file", "a.bin", "x\x00y"}}, 400, ""},
		"a field that is not UTF-8":  {[]part{{"pasted", "", "\xff"}}, 400, ""},
		"more fields than there are": {times(part{"pasted", "", "z"}, maxFields+1), 400, ""},
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			w := multipart.NewWriter(&b)
			for _, p := range test.parts {
				if p.file != "" {
					f, _ := w.CreateFormFile(p.field, p.file)
					_, _ = f.Write([]byte(p.content))
				} else {
					_ = w.WriteField(p.field, p.content)
				}
			}
			_ = w.Close()
			r := httptest.NewRequest(http.MethodPost, "/", &b)
			r.Header.Set("Content-Type", w.FormDataContentType())
			values, file, err := FormFile(echo.New().NewContext(r, httptest.NewRecorder()), "file", 100)
			if test.status != 0 {
				if err == nil || StatusOf(err) != test.status {
					t.Errorf("%v, want status %d", err, test.status)
				}
				return
			}
			if err != nil || string(file) != test.file || values.Get("pasted") != "z" {
				t.Errorf("%q %v %v", file, values, err)
			}
		})
	}
}

func times(p part, n int) []part {
	var parts []part
	for range n {
		parts = append(parts, p)
	}
	return parts
}
