package dev

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/mail"
	"longrun/internal/shop"
	"longrun/internal/web"
)

func (d *Dev) caught() ([]mail.CaughtMessage, error) {
	list, err := mail.Caught(d.o.MailDir)
	if list == nil {
		list = []mail.CaughtMessage{} // JSON has a list either way
	}
	return list, err
}

// numbered is the mail an address names: 1 is the oldest, so that an address
// keeps its mail when another arrives.
func (d *Dev) numbered(c echo.Context) (mail.CaughtMessage, error) {
	list, err := d.caught()
	if err != nil {
		return mail.CaughtMessage{}, err
	}
	n, err := web.ParseID(c.Param("n"))
	if err != nil || n > int64(len(list)) {
		return mail.CaughtMessage{}, shop.NotFound("There is no such mail.")
	}
	return list[int64(len(list))-n], nil
}

type mailRow struct {
	N       int
	Message mail.CaughtMessage
}

func (d *Dev) mails(c echo.Context) error {
	list, err := d.caught()
	if err != nil {
		return err
	}
	rows := make([]mailRow, len(list))
	for i, m := range list {
		rows[i] = mailRow{len(list) - i, m}
	}
	return d.show(c, "mails", "Mail that was caught", rows)
}

func (d *Dev) mail(c echo.Context) error {
	m, err := d.numbered(c)
	if err != nil {
		return err
	}
	return d.show(c, "mail", m.Subject, struct {
		N       string
		Message mail.CaughtMessage
	}{c.Param("n"), m})
}

func (d *Dev) mailHTML(c echo.Context) error {
	m, err := d.numbered(c)
	if err != nil {
		return err
	}
	return mailAlone(c, m.HTML)
}

func (d *Dev) mailJSON(c echo.Context) error {
	list, err := d.caught()
	if err != nil {
		return err
	}
	return web.JSON(c, http.StatusOK, list)
}
