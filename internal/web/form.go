package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"
)

// maxFields is how many fields a form may have. A bag of shop.MaxLines lines
// with its notes has a few more than a hundred and is allowed that.
const maxFields = 128

// FormValues reads the form in the body, urlencoded or multipart, and never
// the query: what a link carries is not what a shopper has sent. An empty body
// is an empty form. Files, more than 128 fields, text that is not UTF-8 and
// other kinds of content are KindMalformed.
func FormValues(c echo.Context) (url.Values, error) { return FormUpTo(c, maxFields) }

// FormUpTo is FormValues for a form that may have more fields, such as a table
// of a shoe's sizes.
func FormUpTo(c echo.Context, most int) (url.Values, error) {
	r := c.Request()
	kind, parameters, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	var values url.Values
	switch {
	case err == nil && kind == echo.MIMEApplicationForm:
		values, err = urlencoded(r, most)
	case err == nil && kind == echo.MIMEMultipartForm:
		values, err = multiparted(r, parameters["boundary"], most)
	default:
		values, err = url.Values{}, noBody(r)
	}
	if err != nil {
		return nil, err
	}
	return values, checkForm(values)
}

func noBody(r *http.Request) error {
	n, err := io.CopyN(io.Discard, r.Body, 1)
	if n > 0 {
		return malformed("This kind of content is not read here; send a form.")
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func urlencoded(r *http.Request, most int) (url.Values, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	if strings.Count(string(body), "&") >= most {
		return nil, malformed("The form has too many fields.")
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, malformed("The form could not be read.")
	}
	return values, nil
}

func multiparted(r *http.Request, boundary string, most int) (url.Values, error) {
	values := url.Values{}
	reader := multipart.NewReader(r.Body, boundary)
	for n := 0; ; n++ {
		part, err := reader.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return values, nil
		case err != nil:
			return nil, unlessTooLarge(err)
		case n == most:
			return nil, malformed("The form has too many fields.")
		case part.FileName() != "":
			return nil, malformed("Files are not taken here.")
		}
		text, err := io.ReadAll(part)
		if err != nil {
			return nil, unlessTooLarge(err)
		}
		values.Add(part.FormName(), string(text))
	}
}

// unlessTooLarge keeps the error of a body above its limit, which has an
// answer of its own.
func unlessTooLarge(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return malformed("The form could not be read.")
}

func checkForm(values url.Values) error {
	for name, list := range values {
		for _, text := range append([]string{name}, list...) {
			if !utf8.ValidString(text) {
				return malformed("The text is not UTF-8.")
			}
			if err := noNUL(text); err != nil {
				return err
			}
		}
	}
	return nil
}
