package main

import (
	"fmt"
	"strconv"

	"longrun/internal/shop"
)

// orderView is an order as orders list and show write it. Amounts are cents;
// what list does not read is left out.
type orderView struct {
	ID       shop.OrderID  `json:"id"`
	Number   *int64        `json:"number"`
	State    string        `json:"state"`
	Review   string        `json:"review"`
	Currency string        `json:"currency"`
	Subtotal shop.Cents    `json:"subtotal"`
	Discount shop.Cents    `json:"discount"`
	Code     string        `json:"discount_code,omitempty"`
	Shipping shop.Cents    `json:"shipping"`
	Tax      *shop.Cents   `json:"tax"`
	Total    shop.Cents    `json:"total"` // with tax, as far as it is known
	PlacedAt shop.Instant  `json:"placed_at"`
	PaidAt   *shop.Instant `json:"paid_at"`
	Email    string        `json:"email,omitempty"`
	URL      string        `json:"url,omitempty"` // the private page
	Lines    []lineView    `json:"lines,omitempty"`
	Received []tenderView  `json:"received,omitempty"`
	Refunds  []refundView  `json:"refunds,omitempty"`
	Steps    []stepView    `json:"steps,omitempty"`
}

type lineView struct {
	Title    string     `json:"title"`
	Variant  string     `json:"variant"`
	SKU      string     `json:"sku"`
	Price    shop.Cents `json:"price"`
	Quantity int        `json:"quantity"`
	Amount   shop.Cents `json:"amount"`
	Discount shop.Cents `json:"discount"`
}

type tenderView struct {
	Kind   shop.TenderKind `json:"kind"`
	Amount shop.Cents      `json:"amount"`
}

type refundView struct {
	ID       shop.RefundID    `json:"id"`
	Cause    string           `json:"cause"`
	State    shop.RefundState `json:"state"`
	Amount   shop.Cents       `json:"amount"`
	Parts    []partView       `json:"parts"`
	Reason   string           `json:"reason,omitempty"`
	Failure  string           `json:"failure,omitempty"`
	AgainOf  *shop.RefundID   `json:"again_of,omitempty"`
	StripeID *string          `json:"stripe_id"`
	At       shop.Instant     `json:"at"`
}

type partView struct {
	Text   string     `json:"text"`
	Amount shop.Cents `json:"amount"`
}

func viewRefund(o *shop.Order, r shop.Refund, units []shop.RefundUnit) refundView {
	view := refundView{
		ID: r.ID, Cause: r.Cause, State: r.State, Amount: r.Amount, Reason: r.Reason, Failure: r.LastError,
		AgainOf: r.AgainOf, StripeID: r.StripeID, At: r.CreatedAt, Parts: []partView{},
	}
	for _, row := range shop.PlanOf(o, r, units).Rows() {
		view.Parts = append(view.Parts, partView{row.Text, row.Amount})
	}
	return view
}

type stepView struct {
	At    shop.Instant `json:"at"`
	From  string       `json:"from"`
	To    string       `json:"to"`
	Cause string       `json:"cause"`
	Who   string       `json:"who"`
}

func viewOrder(o *shop.Order) orderView {
	view := orderView{
		ID: o.ID, Number: o.Number, State: string(o.State), Review: o.Review, Currency: o.Currency,
		Subtotal: o.Subtotal, Discount: o.Discount, Code: o.DiscountCode, Shipping: o.Shipping, Tax: o.Tax, Total: o.GrandTotal(),
		PlacedAt: o.PlacedAt, PaidAt: o.PaidAt,
	}
	if o.Contact != nil {
		view.Email = o.Contact.Email
	}
	for _, l := range o.Lines {
		view.Lines = append(view.Lines, lineView{
			Title: l.Title, Variant: l.VariantTitle, SKU: l.SKU, Price: l.Price, Quantity: l.Quantity, Amount: l.Amount, Discount: l.Discount,
		})
	}
	for _, t := range o.Tenders {
		view.Received = append(view.Received, tenderView{t.Kind, t.Amount})
	}
	return view
}

// number is the order's number, "-" while it has none.
func (o orderView) number() string {
	if o.Number == nil {
		return "-"
	}
	return strconv.FormatInt(*o.Number, 10)
}

// printOrder writes an order for a person.
func (e *environment) printOrder(o orderView) {
	p := func(format string, args ...any) { fmt.Fprintf(e.Stdout, format+"\n", args...) }
	p("Order %s (id %d), %s", o.number(), o.ID, o.State)
	if o.Review != "" {
		p("Needs review: %s", o.Review)
	}
	if o.Email != "" {
		p("For %s", o.Email)
	}
	if o.URL != "" {
		p("%s", o.URL)
	}
	for _, l := range o.Lines {
		p("  %d x %s %s, %s", l.Quantity, l.Title, l.Variant, l.Amount-l.Discount)
	}
	if o.Code != "" {
		p("  discount code %s, %s off", o.Code, o.Discount)
	}
	p("  shipping %s", o.Shipping)
	if o.Tax != nil {
		p("  tax %s", *o.Tax)
	}
	p("  total %s", o.Total)
	for _, t := range o.Received {
		p("  received by %s %s", t.Kind, t.Amount)
	}
	for _, r := range o.Refunds {
		p("  refund %d (%s) %s, %s", r.ID, r.Cause, r.Amount, r.State)
		for _, part := range r.Parts {
			p("    %s %s", part.Text, part.Amount)
		}
		if r.Failure != "" {
			p("    %s", r.Failure)
		}
	}
	for _, s := range o.Steps {
		p("%s  %s  %s (%s)", s.At.Format("2006-01-02 15:04:05"), s.To, s.Cause, s.Who)
	}
}
