package stripesim

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// form is the hosted page's form as the buyer sent it. The card fields go no further than check.
type form struct {
	shopper
	number, expiry, csc string
	bank                bankFate
}

var (
	emailForm = regexp.MustCompile(`^[^@\s]+@[^@\s]+$`)
	zipForm   = regexp.MustCompile(`^[0-9]{5}(-[0-9]{4})?$`)
	cscForm   = regexp.MustCompile(`^[0-9]{3,4}$`)
)

func readForm(v url.Values) form {
	field := func(name string) string { return strings.TrimSpace(v.Get(name)) }
	return form{
		shopper: shopper{
			Email: field("email"), Name: field("name"), Line1: field("line1"), Line2: field("line2"), City: field("city"),
			State: field("state"), PostalCode: field("postal_code"), Country: field("country"), Phone: field("phone"),
			Rate: field("shipping_rate"),
		},
		number: field("card_number"), expiry: field("card_exp"), csc: field("card_csc"),
	}
}

// countries are those the buyer may choose from.
func (b *basket) countries() []string {
	if c := b.ShippingAddressCollection; c != nil && len(c.AllowedCountries) > 0 {
		return c.AllowedCountries
	}
	return []string{"US"}
}

// asksAddress says whether the page asks for a full address: to ship there, or to know the tax.
func (b *basket) asksAddress() bool {
	return b.ShippingAddressCollection != nil || b.AutomaticTax.Enabled
}

// check validates the whole form. What is wrong is said by field name; the card is nil when nothing is due for what
// the form says, the shipping it chooses included.
func (f form) check(b *basket, now time.Time) (shopper, *card, map[string]string) {
	wrong := map[string]string{}
	b.totalFor(f.shopper, now.Unix())
	want := func(name, value, message string) {
		if value == "" || utf8.RuneCountInString(value) > 200 {
			wrong[name] = message
		}
	}
	w := f.shopper
	if b.CustomerEmail != nil {
		w.Email = *b.CustomerEmail
	}
	if !emailForm.MatchString(w.Email) || len(w.Email) > 254 {
		wrong["email"] = "Enter an email address, like name@example.com."
	}
	want("name", w.Name, "Enter your full name.")
	if b.PhoneNumberCollection.Enabled {
		want("phone", w.Phone, "Enter a phone number.")
	}
	if b.asksAddress() {
		want("line1", w.Line1, "Enter a street address.")
		want("city", w.City, "Enter a city.")
		w.checkRegion(b, wrong)
	}
	if len(w.Line2) > 200 {
		wrong["line2"] = "This line is too long."
	}
	return w, f.checkCard(b, now, wrong), wrong
}

func (w shopper) checkRegion(b *basket, wrong map[string]string) {
	if !slices.Contains(b.countries(), w.Country) {
		wrong["country"] = "Choose one of the countries the shop ships to."
		return
	}
	if w.Country != "US" {
		return
	}
	if _, ok := stateOf(w.State); !ok {
		wrong["state"] = "Choose a state."
	}
	if !zipForm.MatchString(w.PostalCode) {
		wrong["postal_code"] = "Enter a ZIP code of five digits."
	}
}

func (f form) checkCard(b *basket, now time.Time, wrong map[string]string) *card {
	if b.AmountTotal == 0 {
		return nil
	}
	if f.bank != "" {
		return &card{Bank: f.bank}
	}
	c, known := readCard(f.number)
	if !known {
		wrong["card_number"] = "This page takes only the published test cards, such as 4242 4242 4242 4242. " +
			"The number was not kept."
	}
	var good bool
	if c.ExpMonth, c.ExpYear, good = readExpiryDate(f.expiry, now); !good {
		wrong["card_exp"] = "Enter a date that is not past, as MM/YY."
	}
	if !cscForm.MatchString(f.csc) {
		wrong["card_csc"] = "Enter three or four digits."
	}
	return &c
}
