package shop

// QuoteLine is what the sum needs to know of a line.
type QuoteLine struct {
	Price    Cents
	Quantity int
	GiftCard bool // neither counts towards free shipping nor ships
	Ships    bool
	InScope  bool // the discount is for it
}

// Quote is what a bag costs before tax. It is the only sum: bag, Stripe
// session, order, mail and JSON all read it.
type Quote struct {
	Lines       []Cents // price × quantity, by line
	Discounts   []Cents // each line's share of the discount
	Subtotal    Cents   // all lines
	Discount    Cents
	Merchandise Cents // what counts for free shipping: after discount, without gift cards
	Ships       bool
	Shipping    Cents
	FreeShips   bool   // shipping is free because of the threshold or of a code
	Code        string // of the discount that has changed something, "" for none
	Gap         Cents  // what is missing to free shipping, 0 when nothing is or it is not offered
	Total       Cents  // lines − discount + shipping
}

// QuoteFor adds up lines under settings for a zone. A discount, which may be
// nil, is taken off the lines it is for in proportion, by cumulative floor,
// and never more than they cost.
func QuoteFor(lines []QuoteLine, zone Zone, s Settings, d *Discount) Quote {
	q := Quote{Lines: make([]Cents, len(lines))}
	weights := make([]int64, len(lines))
	inScope := Cents(0)
	for i, l := range lines {
		q.Lines[i] = l.Price * Cents(l.Quantity)
		q.Subtotal += q.Lines[i]
		if !l.GiftCard {
			q.Merchandise += q.Lines[i]
			if l.InScope && d != nil {
				weights[i] = int64(q.Lines[i])
				inScope += q.Lines[i]
			}
			q.Ships = q.Ships || l.Ships
		}
	}
	if d != nil {
		q.Discount = d.Off(inScope)
	}
	q.Discounts = q.Discount.SplitBy(weights)
	q.Merchandise -= q.Discount
	q.Shipping, q.FreeShips = ShippingFor(q.Merchandise, q.Ships, zone, s)
	q.takeCode(d)
	q.Gap = gap(q, zone, s)
	q.Total = q.Subtotal - q.Discount + q.Shipping
	return q
}

// takeCode lets a code pay for shipping, and names the code if it has changed
// anything at all: one that has not is not used.
func (q *Quote) takeCode(d *Discount) {
	switch {
	case d == nil:
	case d.Kind == DiscountShipping && q.Shipping > 0:
		q.Shipping, q.FreeShips, q.Code = 0, true, d.Code
	case q.Discount > 0:
		q.Code = d.Code
	}
}

// ShippingFor is the price of the standard method: free strictly above the
// threshold, where the zone takes part. Bags without anything to ship pay
// nothing.
func ShippingFor(merchandise Cents, ships bool, zone Zone, s Settings) (rate Cents, free bool) {
	switch {
	case !ships:
		return 0, false
	case zone.FreeShipping && merchandise > s.FreeShippingOver:
		return 0, true
	}
	return zone.Rate, false
}

// gap is threshold + 1 cent − merchandise while shipping is paid for.
func gap(q Quote, zone Zone, s Settings) Cents {
	if !q.Ships || !zone.FreeShipping || q.FreeShips || zone.Rate == 0 {
		return 0
	}
	return s.FreeShippingOver + 1 - q.Merchandise
}
