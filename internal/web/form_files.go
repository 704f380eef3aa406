package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
)

// maxFiles and maxUpload bound what a form with files may bring: pictures as
// cameras make them, a few at a time.
const (
	maxFiles  = 12
	maxUpload = 32 << 20
)

// File is a file that came with a form. Its name is whatever the browser says
// and good for nothing but to be shown.
type File struct {
	Field, Name string
	Content     []byte
}

// takesFiles says whether a request may be larger than others: a form with
// files for a product. Nothing of it is read before the handler has looked who
// sends it.
func takesFiles(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	return r.Method == http.MethodPost && strings.HasPrefix(r.URL.Path, "/staff/products/") && err == nil && kind == echo.MIMEMultipartForm
}

// bodyLimit is how many bytes a request's body may have.
func bodyLimit(r *http.Request) int64 {
	if takesFiles(r) {
		return maxUpload
	}
	return maxBody
}

// FormAndFiles is FormUpTo for a form that may bring files, at most 12.
func FormAndFiles(c echo.Context, most int) (url.Values, []File, error) {
	r := c.Request()
	kind, parameters, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if err != nil || kind != echo.MIMEMultipartForm {
		values, err := FormUpTo(c, most)
		return values, nil, err
	}
	values, files := url.Values{}, []File(nil)
	reader := multipart.NewReader(r.Body, parameters["boundary"])
	for n := 0; ; n++ {
		part, err := reader.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return values, files, checkForm(values)
		case err != nil:
			return nil, nil, unlessTooLarge(err)
		case n == most || len(files) > maxFiles:
			return nil, nil, malformed("The form has too many fields or files.")
		}
		content, err := io.ReadAll(part)
		switch {
		case err != nil:
			return nil, nil, unlessTooLarge(err)
		case part.FileName() != "":
			files = append(files, File{part.FormName(), part.FileName(), content})
		case part.Header.Get(echo.HeaderContentType) == "application/octet-stream" && len(content) == 0: // no file was chosen
		default:
			values.Add(part.FormName(), string(content))
		}
	}
}
