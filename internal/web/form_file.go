package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"
)

// FormFile reads a form that may carry one file in a field, of at most max
// bytes; nil when none was chosen. The other fields and the errors are those of
// FormValues; a file in another field, a second one and one with NUL in it are
// KindMalformed, and a larger one has the answer of a body above its limit.
func FormFile(c echo.Context, field string, max int64) (url.Values, []byte, error) {
	r := c.Request()
	kind, parameters, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if err != nil || kind != echo.MIMEMultipartForm {
		values, err := FormValues(c)
		return values, nil, err
	}
	values := url.Values{}
	var file []byte
	reader := multipart.NewReader(r.Body, parameters["boundary"])
	for n := 0; ; n++ {
		part, err := reader.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return values, file, checkForm(values)
		case err != nil:
			return nil, nil, unlessTooLarge(err)
		case n == maxFields:
			return nil, nil, malformed("The form has too many fields.")
		}
		content, err := io.ReadAll(io.LimitReader(part, max+1))
		switch {
		case err != nil:
			return nil, nil, unlessTooLarge(err)
		case int64(len(content)) > max:
			return nil, nil, tooLarge(max)
		case part.FormName() == field && part.FileName() == "" && len(content) == 0: // no file chosen
		case part.FileName() == "":
			values.Add(part.FormName(), string(content))
		case part.FormName() != field || file != nil:
			return nil, nil, malformed("Only one file is taken here.")
		case bytes.IndexByte(content, 0) >= 0:
			return nil, nil, malformed("This file is no text.")
		default:
			file = append([]byte{}, content...)
		}
	}
}

func tooLarge(max int64) error {
	return fmt.Errorf("a part of the form: %w", &http.MaxBytesError{Limit: max})
}
