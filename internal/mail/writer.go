package mail

import (
	"bytes"
	"fmt"
	"io/fs"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"longrun/internal/shop"
	"longrun/templates"
)

// OrderConfirmation is what the mail of kind shop.MailOrderConfirmation says.
type OrderConfirmation struct {
	ShopName    string
	BaseURL     string
	Order       shop.Order
	OrderURL    string
	Banner      string
	ReturnDays  int
	ShopAddress []string
	ShopEmail   string
	Placed      string // the day, as shoppers read it
}

// LateRefund is what the mail of kind shop.MailLateRefund says.
type LateRefund struct {
	ShopName    string
	Order       shop.Order
	Amount      shop.Cents
	OrderURL    string
	Reason      string // a sentence
	ShopEmail   string
	ShopAddress []string
}

// Shipped is what the mail of kind shop.MailShipped says.
type Shipped struct {
	ShopName    string
	Order       shop.Order
	Parcel      shop.Parcel
	Packed      []shop.PackedLine // what is in it
	Later       []shop.PackedLine // what follows in another
	OrderURL    string
	ShopEmail   string
	ShopAddress []string
}

// OrderCancelled is what the mail of kind shop.MailOrderCancelled says.
type OrderCancelled struct {
	ShopName    string
	Order       shop.Order
	Plan        shop.RefundPlan // what goes back, and how that is reckoned
	Whole       bool            // nothing of the order is left
	OrderURL    string
	ShopEmail   string
	ShopAddress []string
}

// Refund is what the mail of kind shop.MailRefund says.
type Refund struct {
	ShopName    string
	Order       shop.Order
	Plan        shop.RefundPlan // what goes back, and how that is reckoned
	Reason      string          // as staff wrote it for the shopper, "" for none
	Again       bool            // it failed before
	OrderURL    string
	ShopEmail   string
	ShopAddress []string
}

// StaffInvitation is what the mail of kind shop.MailStaffInvitation says.
type StaffInvitation struct {
	ShopName    string
	Name        string
	URL         string
	First       bool   // an invitation; else a new password
	Expires     string // until when the link is good, as people read it
	ShopEmail   string
	ShopAddress []string
}

// kinds are the kinds of mail there are templates for.
var kinds = []shop.MailKind{
	shop.MailOrderConfirmation, shop.MailLateRefund, shop.MailShipped, shop.MailOrderCancelled, shop.MailRefund,
	shop.MailStaffInvitation, shop.MailStaffAlarm, shop.MailStaffNewOrder, shop.MailContact, shop.MailOrderLink,
	shop.MailPaymentFailed, shop.MailWaitConfirm, shop.MailBackInStock, shop.MailPrivacyLink,
	shop.MailAccountSignIn, shop.MailAccountEmail, shop.MailAccountChanged,
}

// Kinds are all kinds of mail.
func Kinds() []shop.MailKind { return slices.Clone(kinds) }

// Writer writes messages from templates.
type Writer struct {
	files   fs.FS
	reload  bool
	from    string
	host    string
	message map[shop.MailKind]templates.Mail
}

// WriterOptions say where templates are and what every message carries.
type WriterOptions struct {
	Files   fs.FS  // templates.Files, or the folder itself in development
	Reload  bool   // read the templates again for each message
	From    string // MAIL_FROM
	BaseURL string // of the shop; its host ends every Message-ID
}

// NewWriter reads all templates. It refuses a From that is no address.
func NewWriter(o WriterOptions) (*Writer, error) {
	if _, err := mail.ParseAddress(o.From); err != nil || !oneLine(o.From) {
		return nil, fmt.Errorf("MAIL_FROM %q is not a mail address", o.From)
	}
	base, err := url.Parse(o.BaseURL)
	if err != nil || base.Hostname() == "" {
		return nil, fmt.Errorf("BASE_URL %q names no host", o.BaseURL)
	}
	w := &Writer{files: o.Files, reload: o.Reload, from: o.From, host: base.Hostname(), message: map[shop.MailKind]templates.Mail{}}
	for _, kind := range kinds {
		if w.message[kind], err = templates.ParseMail(o.Files, string(kind)); err != nil {
			return nil, fmt.Errorf("reading the templates of the mail %s: %w", kind, err)
		}
	}
	return w, nil
}

// Write makes the message of an outbox row from its data, a pointer to the
// struct of the row's kind. The same row always has the same Message-ID.
func (w *Writer) Write(row shop.Mail, data any, at shop.Instant) (Message, error) {
	text, html, err := w.render(row.Kind, data)
	if err != nil {
		return Message{}, err
	}
	first, body, _ := strings.Cut(text, "\n")
	subject, ok := strings.CutPrefix(first, "Subject: ")
	if !ok {
		return Message{}, fmt.Errorf("the text of the mail %s does not begin with its subject", row.Kind)
	}
	m := Message{
		ID: row.MessageID + "@" + w.host, From: w.from, To: row.Recipient,
		Subject: flat(subject), Text: strings.TrimLeft(body, "\n"), HTML: html, At: at,
	}
	if a, ok := data.(answered); ok {
		if m.ReplyTo = a.AnswerTo(); CheckAddress(m.ReplyTo) != nil {
			return m, fmt.Errorf("%w: the answer to the mail %s would go to %q", shop.ErrPermanent, row.Kind, m.ReplyTo)
		}
	}
	return m, m.check()
}

func (w *Writer) render(kind shop.MailKind, data any) (text, html string, err error) {
	t, known := w.message[kind]
	if !known {
		return "", "", fmt.Errorf("there is no template of the mail %q", kind)
	}
	if w.reload {
		if t, err = templates.ParseMail(w.files, string(kind)); err != nil {
			return "", "", err
		}
	}
	var plain, rich bytes.Buffer
	if err := t.Text.Execute(&plain, data); err != nil {
		return "", "", fmt.Errorf("writing the mail %s: %w", kind, err)
	}
	if err := t.HTML.Execute(&rich, data); err != nil {
		return "", "", fmt.Errorf("writing the mail %s: %w", kind, err)
	}
	return plain.String(), rich.String(), nil
}

// flat makes one line of s, so that a name with a line break in it neither
// ends the subject nor begins another header.
func flat(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}
