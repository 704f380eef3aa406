package mail

import "longrun/internal/shop"

// answered is what a mail says whose answer goes to somebody else than who
// sends it: one bare address.
type answered interface{ AnswerTo() string }

// Contact is what the mail of kind shop.MailContact says. Its answer goes to
// who wrote the message.
type Contact struct {
	ShopName    string
	Message     shop.ContactMessage
	Received    string // as people read it
	URL         string // of the message in the staff area
	ShopEmail   string
	ShopAddress []string
}

// AnswerTo is who wrote the message.
func (c *Contact) AnswerTo() string { return c.Message.Email }
