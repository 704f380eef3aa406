package shop

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
)

// JobOrderLink sends an order's private link to its owner if a number and an
// address belong together. Payload: a LinkRequest.
const JobOrderLink = "order_link"

// MailOrderLink carries an order's private link. ThingID: order.
const MailOrderLink MailKind = "order_link"

// The limits of looking orders up. FindLimit holds per address of a visitor
// and is told; OrderLinkLimit holds for each order and for each mailbox and is
// silent, since whoever asks must not learn what there is. Its mails reach
// their owner, so nobody is kept out by it.
var (
	FindLimit      = AskLimit{Most: 30, Within: time.Hour}
	OrderLinkLimit = AskLimit{Most: 3, Within: 24 * time.Hour}
)

// LinkRequest is a wish for an order's link: its number, and the address as a
// digest that is salted with the request's own key, so that no queue keeps an
// address that belongs to no order.
type LinkRequest struct {
	Key    string `json:"key"`
	Number int64  `json:"number"`
	Digest string `json:"digest"`
}

// NewLinkRequest makes it. key names the wish: the same key is the same wish.
func NewLinkRequest(key string, number int64, email string) LinkRequest {
	return LinkRequest{Key: key, Number: number, Digest: emailDigest(key, email)}
}

// Names says whether an address is the one that was typed, whatever its case.
func (r LinkRequest) Names(email string) bool {
	return email != "" && subtle.ConstantTimeCompare([]byte(r.Digest), []byte(emailDigest(r.Key, email))) == 1
}

func emailDigest(key, email string) string {
	sum := sha256.Sum256([]byte(key + "\x00" + SameEmail(email)))
	return hex.EncodeToString(sum[:])
}

// ParseOrderNumber reads an order's number as people type it: "1001", "#1001",
// "Order #1001". Anything else is KindInvalid with the field "number".
func ParseOrderNumber(typed string) (int64, error) {
	text := strings.ToLower(strings.TrimSpace(typed))
	text = strings.TrimSpace(strings.TrimPrefix(text, "order"))
	text = strings.TrimSpace(strings.TrimPrefix(text, "#"))
	if text == "" {
		return 0, fieldError("number", "Write your order’s number. It is in every mail about it, such as #1001.")
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || len(text) > 15 || !digits(text) || n < 1 {
		return 0, fieldError("number", "This is not an order’s number. One looks like #1001.")
	}
	return n, nil
}
