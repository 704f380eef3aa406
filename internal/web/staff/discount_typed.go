package staff

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"longrun/internal/checkout"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// TypedDiscount is a discount code as its form has it.
type TypedDiscount struct {
	Version     int
	Code        string
	Kind        string
	Value       string // percent, or an amount
	Minimum     string
	Scope       string
	Starts      string // on the shop's clocks, "" for now
	Ends        string // "" for never
	Uses        string // "" for no limit
	Customer    string
	Products    string // handles and SKUs, one per line
	Collections []shop.CollectionID
}

func typedDiscount(form url.Values) TypedDiscount {
	t := TypedDiscount{
		Version: versionIn(form), Code: form.Get("code"), Kind: form.Get("kind"), Value: form.Get("value"), Minimum: form.Get("minimum"),
		Scope: form.Get("scope"), Starts: form.Get("starts"), Ends: form.Get("ends"), Uses: form.Get("uses"), Customer: form.Get("customer"),
		Products: form.Get("products"),
	}
	for _, word := range form["collection"] {
		if id, err := web.ParseID(word); err == nil {
			t.Collections = append(t.Collections, shop.CollectionID(id))
		}
	}
	return t
}

// typedOf is a stored discount as its form has it.
func (s *Staff) typedOf(ctx context.Context, d shop.Discount, zone *time.Location) (TypedDiscount, error) {
	t := TypedDiscount{
		Version: d.Version, Code: d.Code, Kind: string(d.Kind), Scope: string(d.Scope), Starts: d.StartsAt.In(zone).Format(localTime),
		Uses: limitText(d.MaxUses), Customer: limitText(d.MaxPerCustomer),
	}
	switch d.Kind {
	case shop.DiscountPercent:
		t.Value = strconv.FormatInt(d.Value, 10)
	case shop.DiscountAmount:
		t.Value = shop.Cents(d.Value).Decimal()
	}
	if d.Minimum > 0 {
		t.Minimum = d.Minimum.Decimal()
	}
	if d.EndsAt != nil {
		t.Ends = d.EndsAt.In(zone).Format(localTime)
	}
	products, err := s.reader.DiscountProducts(ctx, d.ID)
	if err != nil {
		return t, err
	}
	for _, p := range products {
		t.Products += p.Handle + "\n"
	}
	t.Collections, err = s.reader.DiscountCollections(ctx, d.ID)
	return t, err
}

func limitText(n *int64) string {
	if n == nil {
		return ""
	}
	return fmt.Sprint(*n)
}

// read reads the form. What cannot be read is KindInvalid by field, all at
// once; whether it makes sense is for checkout to say.
func (t TypedDiscount) read(zone *time.Location, now shop.Instant) (checkout.DiscountForm, error) {
	r := discountReading{bad: map[string]string{}, zone: zone}
	d := shop.Discount{Code: t.Code, Kind: shop.DiscountKind(t.Kind), Scope: shop.DiscountScope(t.Scope)}
	switch d.Kind {
	case shop.DiscountPercent:
		d.Value = r.percent(t.Value)
	case shop.DiscountAmount:
		d.Value = int64(r.amount("value", t.Value))
	}
	if strings.TrimSpace(t.Minimum) != "" {
		d.Minimum = r.amount("minimum", t.Minimum)
	}
	d.StartsAt = shop.At(now.Truncate(time.Minute))
	if starts := r.moment("starts", t.Starts); starts != nil {
		d.StartsAt = *starts
	}
	d.EndsAt = r.moment("ends", t.Ends)
	d.MaxUses, d.MaxPerCustomer = r.limit("uses", t.Uses), r.limit("customer", t.Customer)
	form := checkout.DiscountForm{Discount: d, Collections: t.Collections}
	for line := range strings.Lines(t.Products) {
		if name := strings.TrimSpace(line); name != "" {
			form.Products = append(form.Products, name)
		}
	}
	if len(r.bad) == 0 {
		return form, nil
	}
	var more *shop.Error
	if errors.As(d.Tidy(), &more) { // what else is wrong is said in one go
		for name, sentence := range more.Fields {
			if r.bad[name] == "" {
				r.bad[name] = sentence
			}
		}
	}
	e := shop.Invalid("The discount code is not saved: look at the fields that are marked.")
	e.Fields = r.bad
	return form, e
}

// discountReading gathers what cannot be read.
type discountReading struct {
	bad  map[string]string // sentences by field
	zone *time.Location
}

func (r *discountReading) percent(text string) int64 {
	n, err := shop.ParseCount(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	if err != nil {
		r.bad["value"] = "A percentage is a whole number from 1 to 100."
	}
	return n
}

func (r *discountReading) amount(name, text string) shop.Cents {
	amount, err := shop.ParsePrice(text)
	if err != nil {
		r.bad[name] = err.Error()
	}
	return amount
}

func (r *discountReading) limit(name, text string) *int64 {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	n, err := shop.ParseCount(text)
	if err != nil {
		r.bad[name] = err.Error()
		return nil
	}
	return &n
}

// moment reads a time on the shop's clocks, as the product page does.
func (r *discountReading) moment(name, text string) *shop.Instant {
	product := reading{typed: typed{name: text}, bad: r.bad, zone: r.zone}
	return product.moment(name)
}
