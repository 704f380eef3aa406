package storefront

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/web"
)

// number is a number as theme libraries send it: a JSON number, a string, or
// a form field. It is kept as written, so that "1e3" and 1.5 can be refused.
type number struct {
	written string
	given   bool
}

// UnmarshalJSON keeps the literal, a string without its quotes.
func (n *number) UnmarshalJSON(b []byte) error {
	n.given = true
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &n.written)
	}
	if len(b) > 0 && (b[0] == '{' || b[0] == '[') {
		return errors.New("a number is wanted here")
	}
	n.written = string(b)
	return nil
}

// text is a value that should be a string; numbers, true and false are taken
// as written, null as empty.
type text string

// UnmarshalJSON reads any scalar.
func (t *text) UnmarshalJSON(b []byte) error {
	switch {
	case string(b) == "null":
		return nil
	case len(b) > 0 && b[0] == '"':
		return json.Unmarshal(b, (*string)(t))
	case len(b) > 0 && (b[0] == '{' || b[0] == '['):
		return errors.New("a text is wanted here")
	}
	*t = text(b)
	return nil
}

func plainTexts(values map[string]text) map[string]string {
	if values == nil {
		return nil
	}
	plain := make(map[string]string, len(values))
	for k, v := range values {
		plain[k] = string(v)
	}
	return plain
}

// names are the sections a theme wants rendered, as a list or with commas.
type names []string

// UnmarshalJSON reads either form.
func (s *names) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var joined string
		if err := json.Unmarshal(b, &joined); err != nil {
			return err
		}
		*s = strings.Split(joined, ",")
		return nil
	}
	return json.Unmarshal(b, (*[]string)(s))
}

// maxSections is how many sections Shopify renders with one request.
const maxSections = 5

// none answers a wish for sections: the shop's pages have none, and themes
// expect null for what could not be rendered.
func (s names) none() map[string]*string {
	var answer map[string]*string
	for _, name := range s {
		if name = strings.TrimSpace(name); name == "" || len(answer) == maxSections {
			continue
		}
		if answer == nil {
			answer = map[string]*string{}
		}
		answer[name] = nil
	}
	return answer
}

// readBody reads a request that may be JSON or a form. Of JSON it fills dst
// and returns nil; of a form it returns the fields. An empty body is an empty
// form whatever its type says, since clear is sent that way.
func readBody(c echo.Context, dst any) (url.Values, error) {
	header := c.Request().Header.Get(echo.HeaderContentType)
	kind, _, err := mime.ParseMediaType(header)
	switch {
	case header == "", err == nil && (kind == echo.MIMEApplicationForm || kind == echo.MIMEMultipartForm):
		return web.FormValues(c)
	case err != nil || kind != echo.MIMEApplicationJSON:
		return nil, echo.NewHTTPError(http.StatusUnsupportedMediaType)
	}
	body, err := io.ReadAll(c.Request().Body)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(body)) == 0 {
		return url.Values{}, nil
	}
	return nil, web.StrictJSON(bytes.NewReader(body), dst)
}

// asksJSON says whether the answer is JSON: because a program asks, or because
// what it sent is JSON.
func asksJSON(c echo.Context) bool {
	kind, _, _ := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	return web.WantsJSON(c) || kind == echo.MIMEApplicationJSON
}
