package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
)

// statuses is the one table from kinds of error to HTTP.
var statuses = map[shop.Kind]int{
	shop.KindInternal:    http.StatusInternalServerError,
	shop.KindInvalid:     http.StatusUnprocessableEntity,
	shop.KindMalformed:   http.StatusBadRequest,
	shop.KindNotFound:    http.StatusNotFound,
	shop.KindConflict:    http.StatusConflict,
	shop.KindForbidden:   http.StatusForbidden,
	shop.KindTooLarge:    http.StatusRequestEntityTooLarge,
	shop.KindTooMany:     http.StatusTooManyRequests,
	shop.KindUnavailable: http.StatusServiceUnavailable,
}

// StatusOf is the HTTP status of an error.
func StatusOf(err error) int {
	var large *http.MaxBytesError
	var routed *echo.HTTPError
	switch {
	case errors.As(err, &large):
		return http.StatusRequestEntityTooLarge
	case shop.KindOf(err) != shop.KindInternal:
		return statuses[shop.KindOf(err)]
	case errors.As(err, &routed):
		return routed.Code
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, shop.ErrUnknown):
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// answer is an error as a visitor sees it.
type answer struct {
	status    int
	heading   string
	text      string
	reference string
}

var headings = map[int]answer{
	http.StatusBadRequest:                  {heading: "That could not be read", text: "Your browser sent something this shop does not understand."},
	http.StatusForbidden:                   {heading: "That is not allowed", text: "This request did not come from the shop's own pages."},
	http.StatusNotFound:                    {heading: "There is nothing here", text: "The page may have moved, or the shoe may no longer be sold."},
	http.StatusMethodNotAllowed:            {heading: "That does not work here", text: "This address does not take that kind of request."},
	http.StatusConflict:                    {heading: "Something has changed", text: "Something else happened in the meantime. Please look again."},
	http.StatusUnsupportedMediaType:        {heading: "That could not be read", text: "This address takes a form or JSON."},
	http.StatusRequestEntityTooLarge:       {heading: "That is too large", text: "What was sent is larger than the shop takes."},
	http.StatusRequestURITooLong:           {heading: "That address is too long", text: "The shop has no address as long as this one."},
	http.StatusRequestHeaderFieldsTooLarge: {heading: "That is too large", text: "Your browser sent more along than the shop takes. Deleting this shop's cookies may help."},
	http.StatusMisdirectedRequest:          {heading: "Another shop", text: "No shop has this name here."},
	http.StatusUnprocessableEntity:         {heading: "That did not work", text: "Please look at what was sent."},
	http.StatusTooManyRequests:             {heading: "Too often", text: "That was a little too often. Please wait a moment."},
	http.StatusServiceUnavailable:          {heading: "Not just now", text: "The shop cannot do this just now. Please try again in a moment."},
	http.StatusInternalServerError:         {heading: "Something went wrong", text: "It was our mistake, not yours, and it has been noted."},
}

func answerFor(err error) answer {
	status := StatusOf(err)
	a, ok := headings[status]
	if !ok {
		a = answer{heading: http.StatusText(status), text: http.StatusText(status) + "."}
	}
	a.status = status
	if message := shop.MessageOf(err); message != "" && shop.KindOf(err) != shop.KindInternal {
		a.text = message
	}
	if status == http.StatusInternalServerError {
		a.reference = strings.ToLower(rand.Text()[:10])
	}
	return a
}

// HandleError is the one place where an error becomes an answer: a page, or
// JSON where JSON was asked for. What the shop did not foresee is logged once,
// with the reference that the visitor is shown.
func (k *Kit) HandleError(err error, c echo.Context) {
	if err == nil {
		return
	}
	if errors.Is(c.Request().Context().Err(), context.Canceled) {
		c.Response().Status = statusGone
		return
	}
	a := answerFor(err)
	k.logError(c, a, err)
	if c.Response().Committed {
		return
	}
	h := c.Response().Header()
	h.Del("Etag")
	h.Set(echo.HeaderCacheControl, "private, no-store")
	if a.status == http.StatusServiceUnavailable || a.status == http.StatusTooManyRequests {
		if h.Get(echo.HeaderRetryAfter) == "" {
			h.Set(echo.HeaderRetryAfter, strconv.Itoa(retryAfter()))
		}
	}
	if err := k.show(c, a, err); err != nil {
		k.log.Error("an error could not be shown", "route", c.Path(), "err", err)
		if !c.Response().Committed { // without a word the status would be 200
			_ = c.String(a.status, a.heading+"\n")
		}
	}
}

// statusGone is what the log says of a visitor who did not wait.
const statusGone = 499

func (k *Kit) logError(c echo.Context, a answer, err error) {
	switch {
	case a.reference != "":
		k.log.Error("a request failed", "reference", a.reference, "route", c.Path(), "request", requestID(c), "err", err)
	case a.status == http.StatusServiceUnavailable && !errors.Is(err, errBusy):
		k.log.Warn("a request could not be served", "route", c.Path(), "request", requestID(c), "err", err)
	}
}

func (k *Kit) show(c echo.Context, a answer, err error) error {
	switch {
	case WantsJSON(c):
		return k.showJSON(c, a)
	case errors.Is(err, errBusy):
		get := c.Request().Method == http.MethodGet
		return write(c, a.status, echo.MIMETextHTMLCharsetUTF8, busyPage(shop.DefaultSettings().ShopName, get))
	}
	for _, area := range k.areas {
		if area.has(c.Request().URL.Path) {
			err := area.show(c, &MessagePage{Status: a.status, Heading: a.heading, Text: a.text, Reference: a.reference})
			if err == nil || c.Response().Committed {
				return err
			}
			k.log.Error("an area could not show an error", "route", c.Path(), "err", err)
		}
	}
	return k.showPage(c, a)
}

// area is a part of the server that shows errors as pages of its own.
type area struct {
	root string
	show func(echo.Context, *MessagePage) error
}

func (a area) has(path string) bool { return path == a.root || strings.HasPrefix(path, a.root+"/") }

// ShowErrors lets a door show the errors at root and below it as pages of its
// own; the page's base is not filled in. Where show fails, the shop's own page
// takes its place. It is called before the server serves.
func (k *Kit) ShowErrors(root string, show func(echo.Context, *MessagePage) error) {
	k.areas = append(k.areas, area{root, show})
}

// showPage writes a message page. It must work when the database does not, so
// it does without menu and settings then.
func (k *Kit) showPage(c echo.Context, a answer) error {
	page, err := k.Page(c)
	if err != nil {
		page = k.page(c.Request().URL.Path, shop.DefaultSettings(), nil)
	}
	page.Title, page.NoIndex = a.heading, true
	message := &MessagePage{
		Page: page, Status: a.status, Heading: a.heading, Text: a.text, Reference: a.reference,
		Action: MenuItem{Title: "To the front page", URL: "/"},
	}
	html, err := k.execute("errors/message", message)
	if err != nil {
		return err
	}
	return send(c, a.status, echo.MIMETextHTMLCharsetUTF8, k.splice(html, 0))
}

// jsonError is Shopify's shape of an error.
type jsonError struct {
	Status      int    `json:"status"`
	Message     string `json:"message"`
	Description string `json:"description"`
	Reference   string `json:"reference,omitempty"`
}

func (k *Kit) showJSON(c echo.Context, a answer) error {
	body := jsonError{Status: a.status, Message: http.StatusText(a.status), Description: a.text, Reference: a.reference}
	if path := c.Request().URL.Path; a.status == http.StatusUnprocessableEntity && strings.HasPrefix(path, "/cart") {
		body.Message = "Cart Error"
	}
	return JSON(c, a.status, body)
}
