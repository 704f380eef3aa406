package staff

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/mail"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// MailsPage lists the outbox.
type MailsPage struct {
	SystemPage
	Recipient string // as typed
	Kind      shop.MailKind
	Kinds     []shop.MailKind
	State     shop.MailState
	States    []shop.MailState
	Mails     []shop.Mail
	Next      string
}

func (s *Staff) mails(c echo.Context, in database.SignedIn) error {
	shown := &MailsPage{
		Recipient: c.QueryParam("q"), Kind: shop.MailKind(c.QueryParam("kind")), Kinds: mail.Kinds(),
		State: shop.MailState(c.QueryParam("state")), States: []shop.MailState{shop.MailQueued, shop.MailHanded, shop.MailRefused},
	}
	if shown.State != "" && !slices.Contains(shown.States, shown.State) {
		return shop.NotFound("There are no such mails.")
	}
	var err error
	if shown.SystemPage, err = s.systemPage(c, in, "Mails", "/staff/system/mails"); err != nil {
		return err
	}
	before, err := pageBefore(c)
	if err != nil {
		return err
	}
	shown.Mails, err = s.reader.MailList(c.Request().Context(), database.MailSearch{
		Recipient: strings.TrimSpace(shown.Recipient), Kind: shown.Kind, State: shown.State, Before: shop.MailID(before), Limit: systemRows + 1,
	})
	if err != nil {
		return err
	}
	if len(shown.Mails) > systemRows {
		shown.Mails = shown.Mails[:systemRows]
		shown.Next = systemList("/staff/system/mails", map[string]string{
			"q": shown.Recipient, "kind": string(shown.Kind), "state": string(shown.State), "before": fmt.Sprint(shown.Mails[systemRows-1].ID),
		})
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/system_mails", shown)
}

// MailPage is one mail.
type MailPage struct {
	SystemPage
	Mail    shop.Mail
	Action  string // where its forms begin
	Message *mail.Message
	Hidden  string // why the message is not shown
	CanSend bool
	Entries []AuditLine
}

func (s *Staff) mail(c echo.Context, in database.SignedIn) error {
	id, err := mailAsked(c)
	if err != nil {
		return err
	}
	return s.showMail(c, in, id, nil)
}

func (s *Staff) showMail(c echo.Context, in database.SignedIn, id shop.MailID, refusal error) error {
	ctx := c.Request().Context()
	row, err := s.reader.Mail(ctx, id)
	if err != nil {
		return err
	}
	shown := &MailPage{Mail: row, Action: fmt.Sprintf("/staff/system/mails/%d", id)}
	if shown.SystemPage, err = s.systemPage(c, in, fmt.Sprintf("Mail %d", id), "/staff/system/mails"); err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	if message, err := s.system.Post.Look(ctx, id); err == nil {
		shown.Message = &message
	} else if shown.Hidden = shop.MessageOf(err); shown.Hidden == "" {
		shown.Hidden = "It cannot be written: what it is about cannot be read."
		s.kit.Log().Warn("a mail cannot be shown", "mail", id, "err", err)
	}
	shown.CanSend = row.State != shop.MailQueued && row.Kind != shop.MailBackInStock && !row.Kind.Secret() && !row.Kind.ForStaff() && shown.Message != nil
	shown.Entries, err = s.auditLines(ctx, database.AuditSearch{ThingKind: "mail", ThingID: fmt.Sprint(id), Limit: personEntries})
	if err != nil {
		return err
	}
	return s.kit.RenderStaff(c, status, "staff/system_mail", shown)
}

// mailPolicy lets a mail use its own styles and the shop's pictures, and do
// nothing: no script, no form, no window, no link that opens.
const mailPolicy = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"

// mailHTML is a mail's page by itself, as a mail program would show it.
func (s *Staff) mailHTML(c echo.Context, _ database.SignedIn) error {
	id, err := mailAsked(c)
	if err != nil {
		return err
	}
	message, err := s.system.Post.Look(c.Request().Context(), id)
	if err != nil {
		return err
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentSecurityPolicy, mailPolicy)
	h.Set(echo.HeaderReferrerPolicy, "no-referrer")
	return c.HTML(http.StatusOK, message.HTML)
}

func (s *Staff) sendAgain(c echo.Context, in database.SignedIn) error {
	id, err := mailAsked(c)
	if err != nil {
		return err
	}
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	if form.Get("sure") != "yes" {
		e := shop.Invalid("Tick the box if the reader shall get this mail once more.")
		e.Fields = map[string]string{"sure": e.Message}
		return s.showMail(c, in, id, e)
	}
	if err := s.system.Post.Again(c.Request().Context(), in.Staff.Actor(), id, form.Get("key")); err != nil {
		return s.showMail(c, in, id, err)
	}
	return c.Redirect(http.StatusSeeOther, fmt.Sprintf("/staff/system/mails/%d?done=mail", id))
}

func mailAsked(c echo.Context) (shop.MailID, error) {
	id, err := web.ParseID(c.Param("id"))
	if err != nil {
		return 0, shop.NotFound("There is no such mail.")
	}
	return shop.MailID(id), nil
}

// URL is the list of one recipient's mails.
func (p *MailPage) URL() string {
	return "/staff/system/mails?q=" + url.QueryEscape(p.Mail.Recipient)
}
