package dev

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/mail"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// sampleRow is a kind of mail with its sample.
type sampleRow struct {
	Kind    shop.MailKind
	Message mail.Message
}

// samples lists every kind of mail there is, with its subject.
func (d *Dev) samples(c echo.Context) error {
	var rows []sampleRow
	for _, kind := range mail.Kinds() {
		m, err := d.o.Post.Sample(c.Request().Context(), kind)
		if err != nil {
			return err
		}
		rows = append(rows, sampleRow{kind, m})
	}
	return d.show(c, "samples", "Every kind of mail", rows)
}

// sample is one kind in all its forms: as a mail program shows it, as text,
// and its headers.
func (d *Dev) sample(c echo.Context) error {
	kind := shop.MailKind(c.Param("kind"))
	m, err := d.o.Post.Sample(c.Request().Context(), kind)
	if err != nil {
		return err
	}
	headers, err := m.Headers()
	if err != nil {
		return err
	}
	return d.show(c, "sample", m.Subject, struct {
		Kind    shop.MailKind
		Message mail.Message
		Headers []string
	}{kind, m, headers})
}

func (d *Dev) sampleHTML(c echo.Context) error {
	m, err := d.o.Post.Sample(c.Request().Context(), shop.MailKind(c.Param("kind")))
	if err != nil {
		return err
	}
	return mailAlone(c, m.HTML)
}

func (d *Dev) sampleText(c echo.Context) error {
	m, err := d.o.Post.Sample(c.Request().Context(), shop.MailKind(c.Param("kind")))
	if err != nil {
		return err
	}
	return c.String(http.StatusOK, m.Text)
}

// mailAlone is a mail's own page. It may use its inline styles and nothing
// else, as in a mail program.
func mailAlone(c echo.Context, html string) error {
	h := c.Response().Header()
	h.Set(echo.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-top-navigation-by-user-activation")
	h.Set(echo.HeaderCacheControl, "private, no-store")
	return c.HTML(http.StatusOK, html)
}

// sampleRoutes are the pages of samples.
func (d *Dev) sampleRoutes(e *echo.Echo) {
	web.Get(e, "/dev/mails", d.samples)
	web.Get(e, "/dev/mails/:kind", d.sample)
	web.Get(e, "/dev/mails/:kind/html", d.sampleHTML)
	web.Get(e, "/dev/mails/:kind/text", d.sampleText)
}
