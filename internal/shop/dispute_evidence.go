package shop

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Evidence is the answer to a dispute, in the parts that Stripe hands to the
// bank. Each may be empty.
type Evidence struct {
	Product       string `json:"product_description"`
	Name          string `json:"customer_name"`
	Email         string `json:"customer_email_address"`
	Address       string `json:"shipping_address"`
	Carrier       string `json:"shipping_carrier"`
	Tracking      string `json:"shipping_tracking_number"`
	ShippedOn     string `json:"shipping_date"`
	RefundPolicy  string `json:"refund_policy_disclosure"`
	RefundRefusal string `json:"refund_refusal_explanation"`
	Text          string `json:"uncategorized_text"` // the receipt, and whatever else helps
}

// The limits of Stripe's fields, in characters.
const (
	maxEvidenceLine = 5_000
	maxEvidenceText = 20_000
)

// EvidenceField is one part of an Evidence as a form has it.
type EvidenceField struct {
	Name  string // the input's, and Stripe's
	Label string
	Note  string
	Rows  int // 1 for a line
	Value string
}

// Long says whether the field is a text of several lines.
func (f EvidenceField) Long() bool { return f.Rows > 1 }

// Fields are the parts in the order of a form.
func (e Evidence) Fields() []EvidenceField {
	return []EvidenceField{
		{"uncategorized_text", "What happened", "In plain words, with the receipt. The bank reads this first.", 14, e.Text},
		{"product_description", "What was bought", "", 4, e.Product},
		{"customer_name", "Shopper's name", "", 1, e.Name},
		{"customer_email_address", "Shopper's e-mail", "", 1, e.Email},
		{"shipping_address", "Where it was sent", "", 5, e.Address},
		{"shipping_carrier", "Carrier", "", 1, e.Carrier},
		{"shipping_tracking_number", "Tracking number", "Several are separated by commas.", 1, e.Tracking},
		{"shipping_date", "Shipped on", "", 1, e.ShippedOn},
		{"refund_policy_disclosure", "How the shopper was told of returns and refunds", "", 3, e.RefundPolicy},
		{"refund_refusal_explanation", "Why no refund is due", "Only where somebody asked for one.", 3, e.RefundRefusal},
	}
}

// EvidenceFrom reads the parts by their fields' names.
func EvidenceFrom(get func(name string) string) Evidence {
	return Evidence{
		Product: get("product_description"), Name: get("customer_name"), Email: get("customer_email_address"),
		Address: get("shipping_address"), Carrier: get("shipping_carrier"), Tracking: get("shipping_tracking_number"),
		ShippedOn: get("shipping_date"), RefundPolicy: get("refund_policy_disclosure"),
		RefundRefusal: get("refund_refusal_explanation"), Text: get("uncategorized_text"),
	}
}

// Clean brings an answer into the form in which it is kept. What cannot be
// kept is KindInvalid, all of it at once, with the fields' names; so is an
// answer with nothing in it.
func (e Evidence) Clean() (Evidence, error) {
	var f flaws
	clean := map[string]string{}
	for _, field := range e.Fields() {
		text := strings.TrimSpace(strings.ReplaceAll(field.Value, "\r\n", "\n"))
		most := maxEvidenceLine
		if field.Long() && field.Name != "shipping_address" {
			most = maxEvidenceText
		}
		n := utf8.RuneCountInString(text)
		f.add(n > most, field.Name, "%s: at most %d characters; this has %d.", field.Label, most, n)
		f.add(!field.Long() && strings.Contains(text, "\n"), field.Name, "%s is one line.", field.Label)
		f.add(!plain(strings.NewReplacer("\n", " ", "\t", " ").Replace(text)), field.Name, "%s has characters in it that cannot be printed.", field.Label)
		clean[field.Name] = text
	}
	if err := f.err(); err != nil {
		return e, err
	}
	e = EvidenceFrom(func(name string) string { return clean[name] })
	if e == (Evidence{}) {
		return e, Invalid("Write something that the bank can read.")
	}
	return e, nil
}

// JSON is the answer as a row keeps it.
func (e Evidence) JSON() string {
	b, _ := json.Marshal(e) // strings only
	return string(b)
}

// ParseEvidence reads what JSON has written; "" is an empty answer.
func ParseEvidence(text string) (Evidence, error) {
	var e Evidence
	if text == "" {
		return e, nil
	}
	err := json.Unmarshal([]byte(text), &e)
	return e, err
}

// EvidenceFor is a first answer made of what the shop knows: the order, which
// is whole, and its parcels, oldest first. Dates are those of the shop.
func EvidenceFor(o *Order, parcels []Parcel, s Settings) Evidence {
	e := Evidence{
		Product:      strings.Join(boughtLines(o), "\n"),
		RefundPolicy: fmt.Sprintf("Every page of the shop, the bag and the checkout among them, says: “%s” Goods can be sent back within %d days of delivery.", s.Banner(), s.ReturnDays),
	}
	if c := o.Contact; c != nil {
		e.Name, e.Email, e.Address = c.Name, c.Email, c.lines()
	}
	var carriers, numbers, days []string
	for _, p := range parcels {
		if !p.Live() {
			continue
		}
		carriers, numbers = appendNew(carriers, p.Carrier), appendNew(numbers, p.TrackingText())
		days = appendNew(days, p.ShippedAt.In(s.Location()).Format(time.DateOnly))
	}
	e.Carrier, e.Tracking, e.ShippedOn = strings.Join(carriers, ", "), strings.Join(numbers, ", "), strings.Join(days, ", ")
	e.Text = receiptText(o, parcels, s)
	return e
}

func appendNew(list []string, text string) []string {
	if text == "" || slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}

func boughtLines(o *Order) []string {
	var lines []string
	for i := range o.Lines {
		lines = append(lines, fmt.Sprintf("%d × %s", o.Lines[i].Quantity, o.Lines[i].FullTitle()))
	}
	return lines
}

// lines is where the order goes, as on an envelope.
func (c *OrderContact) lines() string {
	name := c.ShipName
	if name == "" {
		name = c.Name
	}
	town := strings.TrimSpace(strings.TrimPrefix(c.City+", "+c.State+" "+c.PostalCode, ", "))
	var lines []string
	for _, l := range []string{name, c.Line1, c.Line2, town, c.Country} {
		if l != "" && l != "," {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// receiptText is the order as a receipt has it, and what became of its parcels.
func receiptText(o *Order, parcels []Parcel, s Settings) string {
	var b strings.Builder
	day := func(i Instant) string { return i.In(s.Location()).Format("January 2, 2006") }
	if o.Number != nil && o.PaidAt != nil {
		fmt.Fprintf(&b, "Receipt for order #%d at %s, paid on %s:\n", *o.Number, s.ShopName, day(*o.PaidAt))
	}
	for i := range o.Lines {
		l := &o.Lines[i]
		fmt.Fprintf(&b, "%d × %s: %s\n", l.Quantity, l.FullTitle(), l.Amount)
	}
	if o.Discount > 0 {
		fmt.Fprintf(&b, "Discount: -%s\n", o.Discount)
	}
	fmt.Fprintf(&b, "Shipping: %s\nTax: %s\nTotal: %s\n", o.Shipping, orZero(o.Tax), o.GrandTotal())
	if o.Contact != nil && o.Contact.Email != "" {
		fmt.Fprintf(&b, "\nThe shopper was sent a confirmation with this receipt to %s.\n", o.Contact.Email)
	}
	for _, p := range parcels {
		if !p.Live() {
			continue
		}
		fmt.Fprintf(&b, "\nParcel %d was handed to %s on %s", p.Number, or(p.Carrier, "the carrier"), day(p.ShippedAt))
		if p.TrackingText() != "" {
			fmt.Fprintf(&b, " (%s)", p.TrackingText())
		}
		if p.DeliveredAt != nil {
			fmt.Fprintf(&b, " and delivered on %s", day(*p.DeliveredAt))
		}
		b.WriteString(".")
	}
	return strings.TrimSpace(b.String())
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
