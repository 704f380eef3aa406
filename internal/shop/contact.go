package shop

import (
	"strings"
	"time"
	"unicode/utf8"
)

// MessageID names a message to the shop.
type MessageID int64

// ContactMessage is what somebody wrote to the shop by its form.
type ContactMessage struct {
	ID          MessageID
	Key         string // a digest of the form's key and of what was written: the same twice is once
	Name        string // "" for none
	Email       string
	OrderNumber string // as typed, "" for none
	Body        string
	CreatedAt   Instant
	AnsweredAt  *Instant
	AnsweredBy  string // as the audit log names people
}

// MailContact brings a message to the shop; its answer goes to who wrote it.
// ThingID: message.
const MailContact MailKind = "contact"

// The limits of a message.
const (
	maxContactName  = 100
	maxContactOrder = 40
	MaxContactBody  = 5000
)

// ContactTooQuick is how soon after a form was shown no person has filled it
// in. Who is quicker is asked to press again.
const ContactTooQuick = 2 * time.Second

// ContactLimit is how many messages one address may send.
var ContactLimit = AskLimit{Most: 20, Within: time.Hour}

// Clean brings a message into the form in which it is kept. What is missing
// or cannot be kept is KindInvalid, all of it at once, with the fields "name",
// "email", "order" and "body".
func (m ContactMessage) Clean() (ContactMessage, error) {
	var f flaws
	m.Name = strings.Join(strings.Fields(m.Name), " ")
	f.add(!isLine(m.Name, maxContactName) || !plain(m.Name), "name", "A name is one line of at most %d letters.", maxContactName)
	m.OrderNumber = strings.Join(strings.Fields(m.OrderNumber), " ")
	f.add(!isLine(m.OrderNumber, maxContactOrder) || !plain(m.OrderNumber), "order", "An order's number is one line of at most %d letters.", maxContactOrder)
	email, err := CleanEmail("email", m.Email)
	f.add(err != nil, "email", "%s", MessageOf(err))
	m.Email = email
	m.Body = strings.TrimSpace(strings.ReplaceAll(m.Body, "\r\n", "\n"))
	f.add(m.Body == "", "body", "Write what you would like to say.")
	f.add(utf8.RuneCountInString(m.Body) > MaxContactBody, "body", "A message can have at most %d characters; this one has %d.", MaxContactBody, utf8.RuneCountInString(m.Body))
	f.add(!plain(strings.NewReplacer("\n", " ", "\t", " ").Replace(m.Body)), "body", "The message has characters in it that cannot be printed.")
	return m, f.err()
}
