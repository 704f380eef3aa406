package staff

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/privacy"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// privacyURL is where staff look up what is held of a person.
const privacyURL = "/staff/privacy"

// privacyRoutes are about what is held of people. All want the password fresh:
// they hand out and erase what cannot be had back. The address is in no URL;
// it is sealed there.
func (s *Staff) privacyRoutes(e *echo.Echo) {
	may := func(do handler) echo.HandlerFunc { return s.allow(shop.CanHandleData, s.fresh(privacyURL, do)) }
	web.Get(e, privacyURL, may(s.privacyPage))
	e.POST(privacyURL, may(s.findPerson))
	web.Get(e, "/staff/privacy/:token", may(s.personFile))
	e.POST("/staff/privacy/:token/export", may(s.exportPerson))
	e.POST("/staff/privacy/:token/erase", may(s.erasePerson))
}

// privacySentences are what is said after a form about what is held of people.
var privacySentences = map[string]string{
	"erasing": "The erasure is asked for. A job does it; load the page again to see how far it is.",
}

// requestsShown is how many requests the page lists.
const requestsShown = 30

// PrivacyPage asks for an address, and lists what was asked before.
type PrivacyPage struct {
	Page
	Email    string // as typed
	Requests []RequestLine
}

// RequestLine is a request as a line.
type RequestLine struct {
	shop.PrivacyRequest
	By    string
	Went  string // what was erased, in words
	Waits bool
}

func (s *Staff) privacyPage(c echo.Context, in database.SignedIn) error {
	return s.showPrivacy(c, in, "", nil)
}

func (s *Staff) showPrivacy(c echo.Context, in database.SignedIn, typed string, refusal error) error {
	p, err := s.page(c, &in, "Personal data")
	if err != nil {
		return err
	}
	shown := &PrivacyPage{Page: p, Email: typed}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	list, err := s.reader.PrivacyRequests(c.Request().Context(), requestsShown)
	if err != nil {
		return err
	}
	if shown.Requests, err = s.requestLines(c, list); err != nil {
		return err
	}
	return s.kit.RenderStaff(c, status, "staff/privacy", shown)
}

func (s *Staff) requestLines(c echo.Context, list []shop.PrivacyRequest) ([]RequestLine, error) {
	names, err := s.staffNames(c)
	if err != nil {
		return nil, err
	}
	names[shop.ByShopper] = "the person"
	var lines []RequestLine
	for _, r := range list {
		if r.Kind == shop.PrivacyLink {
			continue
		}
		lines = append(lines, RequestLine{r, nameIn(names, r.Who), inWords(r.Report), r.State == shop.PrivacyPostponed})
	}
	return lines, nil
}

// inWords is what an erasure has taken away: "3 orders, 12 mails".
func inWords(report string) string {
	counts := shop.ErasureReport{}
	if json.Unmarshal([]byte(report), &counts) != nil {
		return ""
	}
	var parts []string
	for _, kind := range slices.Sorted(maps.Keys(counts)) {
		parts = append(parts, fmt.Sprintf("%s: %d", kind, counts[kind]))
	}
	return strings.Join(parts, ", ")
}

// findPerson leads to an address's page, whether or not anything is held.
func (s *Staff) findPerson(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	email, err := shop.CleanEmail("email", form.Get("email"))
	if err != nil {
		return s.showPrivacy(c, in, form.Get("email"), err)
	}
	return c.Redirect(http.StatusSeeOther, s.personURL(email))
}

func (s *Staff) personURL(email string) string {
	return privacyURL + "/" + base64.RawURLEncoding.EncodeToString(s.reader.SealAddress(email))
}

// personOf is the address that a page's own address has sealed in it.
func (s *Staff) personOf(c echo.Context) (string, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(c.Param("token"))
	if err != nil {
		return "", shop.NotFound("There is no such page.")
	}
	return s.reader.OpenAddress(sealed)
}

// PersonFilePage shows what is held of an address, and what an erasure would
// do.
type PersonFilePage struct {
	Page
	privacy.File
	Requests []RequestLine
	Action   string // where its forms begin
	Key      string
}

func (s *Staff) personFile(c echo.Context, in database.SignedIn) error {
	email, err := s.personOf(c)
	if err != nil {
		return err
	}
	file, err := privacy.Look(c.Request().Context(), s.reader, email)
	if err != nil {
		return err
	}
	p, err := s.page(c, &in, "What is held of "+email)
	if err != nil {
		return err
	}
	p.Path = privacyURL
	shown := &PersonFilePage{Page: p, File: file, Action: privacyURL + "/" + c.Param("token"), Key: rand.Text()}
	if shown.Requests, err = s.requestLines(c, file.Requests); err != nil {
		return err
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/privacy_file", shown)
}

func (s *Staff) exportPerson(c echo.Context, in database.SignedIn) error {
	email, key, err := s.personAndKey(c)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentType, "application/zip")
	h.Set(echo.HeaderContentDisposition, `attachment; filename="personal-data.zip"`)
	return s.privacy.ExportFor(c.Request().Context(), in.Staff.Actor(), email, key, c.Response())
}

func (s *Staff) erasePerson(c echo.Context, in database.SignedIn) error {
	email, key, err := s.personAndKey(c)
	if err != nil {
		return err
	}
	if _, err := s.privacy.Erase(c.Request().Context(), in.Staff.Actor(), email, key); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, privacyURL+"?done=erasing")
}

func (s *Staff) personAndKey(c echo.Context) (email, key string, err error) {
	form, err := web.FormValues(c)
	if err != nil {
		return "", "", err
	}
	email, err = s.personOf(c)
	key = form.Get("key")
	if err == nil && (len(key) < 16 || len(key) > 64) {
		err = shop.Invalid("The form is out of date. Please load the page again.")
	}
	return email, key, err
}
