package privacy

import (
	"context"
	"encoding/json"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// What orders.json says of an order and of what hangs on it.
type (
	order struct {
		Number       *int64          `json:"number"`
		State        shop.OrderState `json:"state"`
		Fulfilment   shop.Fulfilment `json:"fulfilment"`
		Review       string          `json:"looked_into_because,omitempty"`
		Currency     string          `json:"currency"`
		Zone         string          `json:"shipping_zone"`
		Subtotal     string          `json:"subtotal"`
		Discount     string          `json:"discount"`
		DiscountCode string          `json:"discount_code"`
		CodeUse      *codeUse        `json:"discount_code_use,omitempty"`
		Shipping     string          `json:"shipping"`
		FreeShipping bool            `json:"free_shipping"`
		Total        string          `json:"total_before_tax"`
		Tax          *string         `json:"tax"`
		ShippingTax  *string         `json:"tax_on_shipping"`
		Note         string          `json:"note"`
		GiftNote     string          `json:"gift_note"`
		Placed       shop.Instant    `json:"placed"`
		Paid         *shop.Instant   `json:"paid"`
		Closed       *shop.Instant   `json:"closed"`
		Contact      *contact        `json:"contact"`
		Words        []named         `json:"attributes"`
		Lines        []orderLine     `json:"lines"`
		Received     []tender        `json:"received"`
		Payments     []payment       `json:"payments"`
		Refunds      []refund        `json:"refunds"`
		Parcels      []parcel        `json:"parcels"`
		Returns      []returned      `json:"returns"`
		Disputes     []dispute       `json:"disputes"`
		Happened     []happened      `json:"what_happened"`
		Staff        []byStaff       `json:"what_staff_wrote"`
	}
	codeUse struct {
		State shop.UseState `json:"state"`
		At    shop.Instant  `json:"at"`
	}
	contact struct {
		Email      string `json:"email"`
		Name       string `json:"name"`
		Phone      string `json:"phone"`
		ShipName   string `json:"ship_to_name"`
		Line1      string `json:"line1"`
		Line2      string `json:"line2"`
		City       string `json:"city"`
		State      string `json:"state"`
		PostalCode string `json:"postal_code"`
		Country    string `json:"country"`
	}
	orderLine struct {
		Title    string  `json:"title"`
		Variant  string  `json:"variant"`
		SKU      string  `json:"sku"`
		TaxCode  string  `json:"tax_code"`
		Price    string  `json:"price"`
		Quantity int     `json:"quantity"`
		Amount   string  `json:"amount"`
		Discount string  `json:"discount"`
		Words    []named `json:"properties"`
		Pieces   []piece `json:"pieces"`
	}
	piece struct {
		State shop.UnitState `json:"state"`
		Net   string         `json:"paid_net"`
		Tax   *string        `json:"paid_tax"`
	}
	tender struct {
		Kind   shop.TenderKind `json:"kind"`
		Amount string          `json:"amount"`
	}
	payment struct {
		Reference string            `json:"reference"`
		State     shop.AttemptState `json:"state"`
		Amount    string            `json:"amount"`
		Currency  string            `json:"currency"`
		Session   *string           `json:"stripe_session"`
		Intent    string            `json:"stripe_payment"`
		Charge    string            `json:"stripe_charge"`
		URL       string            `json:"page"`
		Asked     json.RawMessage   `json:"asked_of_stripe"`
		CardBrand string            `json:"card_brand"`
		CardLast4 string            `json:"card_last_four"`
		Begun     shop.Instant      `json:"begun"`
		Ended     *shop.Instant     `json:"ended"`
	}
	refund struct {
		Amount      string           `json:"amount"`
		Shipping    string           `json:"of_shipping"`
		ShippingTax string           `json:"of_tax_on_shipping"`
		Goodwill    string           `json:"goodwill"`
		GivenBefore string           `json:"given_before"`
		Cause       string           `json:"cause"`
		Reason      string           `json:"reason"`
		State       shop.RefundState `json:"state"`
		StripeID    *string          `json:"stripe_refund"`
		Failure     string           `json:"failure,omitempty"`
		Decided     shop.Instant     `json:"decided"`
		Ended       *shop.Instant    `json:"ended"`
		Pieces      []given          `json:"pieces"`
	}
	given struct {
		Net string `json:"net"`
		Tax string `json:"tax"`
	}
	parcel struct {
		Number    int              `json:"number"`
		State     shop.ParcelState `json:"state"`
		Carrier   string           `json:"carrier"`
		Tracking  string           `json:"tracking"`
		URL       string           `json:"tracking_page"`
		Shipped   shop.Instant     `json:"shipped"`
		Delivered *shop.Instant    `json:"delivered"`
	}
	returned struct {
		Number  string           `json:"number"`
		By      string           `json:"asked_by"`
		State   shop.ReturnState `json:"state"`
		Allowed string           `json:"allowed_because,omitempty"`
		Asked   shop.Instant     `json:"asked"`
		Sent    *shop.Instant    `json:"sent"`
		Arrived *shop.Instant    `json:"arrived"`
		Closed  *shop.Instant    `json:"closed"`
		Pieces  []returnedPiece  `json:"pieces"`
	}
	returnedPiece struct {
		Reason    string             `json:"reason"`
		Comment   string             `json:"comment"`
		Wanted    shop.ReturnOutcome `json:"wanted"`
		State     shop.Reception     `json:"state"`
		Received  *shop.Instant      `json:"received"`
		Condition shop.Condition     `json:"condition"`
		Went      shop.Disposition   `json:"went_to"`
		Note      string             `json:"note"`
		Ended     *shop.Instant      `json:"ended"`
	}
	dispute struct {
		StripeID  string            `json:"stripe_dispute"`
		Charge    string            `json:"stripe_charge"`
		Amount    string            `json:"amount"`
		Currency  string            `json:"currency"`
		Reason    string            `json:"reason"`
		State     shop.DisputeState `json:"state"`
		Withdrawn string            `json:"withdrawn"`
		Fee       string            `json:"fee"`
		Answer    string            `json:"what_the_shop_answered"`
		Failure   string            `json:"failure,omitempty"`
		Due       *shop.Instant     `json:"due"`
		Sent      *shop.Instant     `json:"sent"`
		Begun     shop.Instant      `json:"begun"`
		Ended     *shop.Instant     `json:"ended"`
	}
	happened struct {
		At   shop.Instant `json:"at"`
		What string       `json:"what"`
		From string       `json:"from"`
		To   string       `json:"to"`
		Why  string       `json:"why"`
	}
	byStaff struct {
		At      shop.Instant    `json:"at"`
		Action  string          `json:"action"`
		Details json.RawMessage `json:"details"`
	}
)

// mostEntries is how much of the audit log is told of one order.
const mostEntries = 1000

// orderFile reads what hangs on an order and writes it down for its person.
func (x *export) orderFile(ctx context.Context, o *shop.Order) (order, error) {
	of := orderOf(o)
	file, err := x.OrderFile(ctx, o, 0)
	if err != nil {
		return of, err
	}
	of.Payments, of.Refunds, of.Parcels = paymentsOf(file), refundsOf(file), parcelsOf(file)
	if err := x.afterwards(ctx, o.ID, &of); err != nil {
		return of, err
	}
	for _, s := range file.Steps {
		of.Happened = append(of.Happened, happened{s.At, s.ThingKind, s.FromState, s.ToState, s.Cause})
	}
	if o.DiscountCode != "" {
		use, err := x.DiscountUseOf(ctx, o.ID)
		if err != nil {
			return of, err
		}
		of.CodeUse = &codeUse{use.State, use.At}
	}
	entries, err := x.Audit(ctx, database.AuditSearch{ThingKind: "order", ThingID: fmt.Sprint(o.ID), Limit: mostEntries})
	for _, e := range entries {
		if e.Details != nil {
			of.Staff = append(of.Staff, byStaff{e.At, e.Action, json.RawMessage(*e.Details)})
		}
	}
	return of, err
}

// afterwards fills what came back and what was disputed.
func (x *export) afterwards(ctx context.Context, id shop.OrderID, of *order) error {
	returns, err := x.ReturnsOfOrder(ctx, id)
	if err != nil {
		return err
	}
	for _, r := range returns {
		back := returned{fmt.Sprintf("R%d", r.Number), string(r.Channel), r.State, r.Override, r.AskedAt, r.SentAt, r.ArrivedAt, r.ClosedAt, nil}
		for _, u := range r.Units {
			back.Pieces = append(back.Pieces, returnedPiece{u.Reason.Title(), u.Comment, u.Outcome, u.Reception, u.ReceivedAt, u.Condition, u.Disposition, u.Note, u.EndedAt})
		}
		of.Returns = append(of.Returns, back)
	}
	disputes, err := x.DisputesOfOrder(ctx, id)
	for _, d := range disputes {
		of.Disputes = append(of.Disputes, dispute{d.StripeID, d.ChargeID, d.Amount.Decimal(), d.Currency, d.Reason, d.State,
			d.Withdrawn.Decimal(), d.Fee.Decimal(), d.Evidence, d.LastError, d.DueAt, d.SentAt, d.CreatedAt, d.EndedAt})
	}
	return err
}

func orderOf(o *shop.Order) order {
	of := order{
		Number: o.Number, State: o.State, Fulfilment: o.Fulfilment, Review: o.Review, Currency: o.Currency, Zone: o.ZoneCode,
		Subtotal: o.Subtotal.Decimal(), Discount: o.Discount.Decimal(), DiscountCode: o.DiscountCode, Shipping: o.Shipping.Decimal(),
		FreeShipping: o.FreeShips, Total: o.Total.Decimal(), Tax: decimal(o.Tax), ShippingTax: decimal(o.ShippingTax),
		Note: o.Note, GiftNote: o.GiftNote, Placed: o.PlacedAt, Paid: o.PaidAt, Closed: o.ClosedAt,
	}
	if c := o.Contact; c != nil {
		of.Contact = &contact{c.Email, c.Name, c.Phone, c.ShipName, c.Line1, c.Line2, c.City, c.State, c.PostalCode, c.Country}
	}
	for _, a := range o.Attributes {
		of.Words = append(of.Words, named{a.Name, a.Value})
	}
	for _, t := range o.Tenders {
		of.Received = append(of.Received, tender{t.Kind, t.Amount.Decimal()})
	}
	for _, l := range o.Lines {
		line := orderLine{Title: l.Title, Variant: l.VariantTitle, SKU: l.SKU, TaxCode: l.TaxCode, Price: l.Price.Decimal(),
			Quantity: l.Quantity, Amount: l.Amount.Decimal(), Discount: l.Discount.Decimal()}
		for _, p := range l.Properties {
			line.Words = append(line.Words, named{p.Name, p.Value})
		}
		for _, u := range l.Units {
			line.Pieces = append(line.Pieces, piece{u.State, u.PaidNet.Decimal(), decimal(u.PaidTax)})
		}
		of.Lines = append(of.Lines, line)
	}
	return of
}

func paymentsOf(f database.OrderFile) []payment {
	var all []payment
	for _, a := range f.Attempts {
		all = append(all, payment{a.Reference, a.State, a.Amount.Decimal(), a.Currency, a.SessionID, a.PaymentIntent, a.ChargeID, a.URL, json.RawMessage(a.Params),
			a.CardBrand, a.CardLast4, a.CreatedAt, a.EndedAt})
	}
	return all
}

func refundsOf(f database.OrderFile) []refund {
	var all []refund
	for _, r := range f.Refunds {
		of := refund{Amount: r.Amount.Decimal(), Shipping: r.Shipping.Decimal(), ShippingTax: r.ShippingTax.Decimal(),
			Goodwill: r.Goodwill.Decimal(), GivenBefore: r.GivenBefore.Decimal(), Cause: r.Cause, Reason: r.Reason, State: r.State,
			StripeID: r.StripeID, Failure: r.LastError, Decided: r.CreatedAt, Ended: r.EndedAt}
		for _, g := range f.Given {
			if g.RefundID == r.ID {
				of.Pieces = append(of.Pieces, given{g.Net.Decimal(), g.Tax.Decimal()})
			}
		}
		all = append(all, of)
	}
	return all
}

func parcelsOf(f database.OrderFile) []parcel {
	var all []parcel
	for _, p := range f.Parcels {
		all = append(all, parcel{p.Number, p.State, p.Carrier, p.Tracking, p.TrackingURL, p.ShippedAt, p.DeliveredAt})
	}
	return all
}

func decimal(c *shop.Cents) *string {
	if c == nil {
		return nil
	}
	text := c.Decimal()
	return &text
}
