package cart

import (
	"context"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// discount gives the bag a code, takes it away with "", and leaves it with nil.
func (d *desk) discount(ctx context.Context, tx *database.Tx, typed *string) error {
	if typed == nil {
		return nil
	}
	if strings.TrimSpace(*typed) == "" {
		d.cart.DiscountCode = ""
		return nil
	}
	code, err := oneCode(*typed)
	if err != nil {
		return atDiscount(err.Error())
	}
	cart := d.cart
	cart.DiscountCode = code
	known, err := tx.BagCode(ctx, cart, products(d.found))
	if err != nil {
		return err
	}
	if _, problem := known.For(d.sums(known), d.now); problem.Sentence != "" && !problem.Curable {
		return atDiscount(problem.Sentence)
	}
	d.cart.DiscountCode = code
	return nil
}

// oneCode reads a code from what may be a list with commas, as programs send
// it.
func oneCode(typed string) (string, error) {
	codes := map[string]bool{}
	for _, part := range strings.Split(typed, ",") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		code, err := shop.ParseCode(part)
		if err != nil {
			return "", err
		}
		codes[code] = true
	}
	if len(codes) != 1 {
		return "", shop.Invalid("An order takes one discount code.")
	}
	for code := range codes {
		typed = code
	}
	return typed, nil
}

// sums are the lines as a quote wants them.
func (d *desk) sums(code shop.BagCode) []shop.QuoteLine {
	var sums []shop.QuoteLine
	for _, l := range d.cart.Lines {
		if p, ok := d.found[l.VariantID]; ok {
			v := p.Variants[0]
			sums = append(sums, shop.QuoteLine{
				Price: v.Price, Quantity: l.Quantity, GiftCard: p.GiftCard, Ships: v.RequiresShipping, InScope: code.IsFor(p.ID),
			})
		}
	}
	return sums
}

func atDiscount(sentence string) error {
	e := shop.Invalid("%s", sentence)
	e.Fields = map[string]string{"discount": sentence}
	return e
}
