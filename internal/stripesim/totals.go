package stripesim

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// total fills in every amount of a session and its items: discount split over the lines, shipping, and tax once the
// buyer's address is known.
func (b *basket) total(rate *shippingRate, where *jurisdiction, now int64) {
	b.AmountSubtotal, b.TotalDetails = 0, totalDetails{Breakdown: breakdown{[]discountShare{}, []taxShare{}}}
	for _, it := range b.items {
		it.AmountSubtotal = it.Price.UnitAmount * it.Quantity
		b.AmountSubtotal += it.AmountSubtotal
	}
	b.applyDiscount(now)
	var taxes []taxShare
	for _, it := range b.items {
		net := it.AmountSubtotal - it.AmountDiscount
		it.AmountTax, it.Taxes = 0, []taxShare{}
		if where != nil {
			share := where.on(net, false, now)
			it.AmountTax, it.Taxes = share.Amount, []taxShare{share}
			taxes = append(taxes, share)
		}
		it.AmountTotal = net + it.AmountTax
	}
	if share := b.applyShipping(rate, where, now); share != nil {
		taxes = append(taxes, *share)
	}
	b.TotalDetails.Breakdown.Taxes = sumTaxes(taxes)
	for _, t := range taxes {
		b.TotalDetails.AmountTax += t.Amount
	}
	d := b.TotalDetails
	b.AmountTotal = b.AmountSubtotal - d.AmountDiscount + d.AmountShipping + d.AmountTax
}

func (b *basket) applyDiscount(now int64) {
	off := b.Sim.Off
	weights := make([]int64, len(b.items))
	for i, it := range b.items {
		weights[i] = it.AmountSubtotal
	}
	var sum int64
	if off != nil {
		sum = min(off.off(b.AmountSubtotal), b.AmountSubtotal)
	}
	shares := split(sum, weights)
	var d discount
	if off != nil {
		d = discount{ID: "di_" + b.ID[len(b.ID)-16:], Object: "discount", CheckoutSession: b.ID, Coupon: *off, Start: now}
		b.TotalDetails.Breakdown.Discounts = []discountShare{{sum, d}}
	}
	for i, it := range b.items {
		it.AmountDiscount, it.Discounts = shares[i], []discountShare{}
		if off != nil {
			it.Discounts = []discountShare{{shares[i], d}}
		}
	}
	b.TotalDetails.AmountDiscount = sum
}

// applyShipping adds the rate and returns the tax on it, if that is known.
func (b *basket) applyShipping(rate *shippingRate, where *jurisdiction, now int64) (tax *taxShare) {
	b.ShippingCost = nil
	if rate == nil {
		return nil
	}
	c := &shippingCost{AmountSubtotal: rate.FixedAmount.Amount, ShippingRate: &rate.ID, Taxes: []taxShare{}}
	if where != nil {
		share := where.on(c.AmountSubtotal, true, now)
		c.AmountTax, c.Taxes = share.Amount, []taxShare{share}
		tax = &share
	}
	c.AmountTotal = c.AmountSubtotal + c.AmountTax
	b.ShippingCost = c
	b.TotalDetails.AmountShipping = c.AmountSubtotal
	return tax
}

// off is what the coupon takes from a subtotal, in cents; percentages round half up.
func (c *coupon) off(subtotal int64) int64 {
	if c.AmountOff != nil {
		return *c.AmountOff
	}
	hundredths, _ := percent(*c.PercentOff)
	return (subtotal*hundredths + 5000) / 10_000
}

// percent reads a percentage with at most two decimals as hundredths.
func percent(n json.Number) (int64, bool) {
	whole, frac, _ := strings.Cut(n.String(), ".")
	if len(frac) > 2 {
		return 0, false
	}
	v, err := strconv.ParseInt(whole+frac+strings.Repeat("0", 2-len(frac)), 10, 64)
	return v, err == nil && v > 0 && v <= 10_000
}

// split divides sum in proportion to weights; cents left over go to the largest remainders, earlier lines first.
func split(sum int64, weights []int64) []int64 {
	shares, order := make([]int64, len(weights)), make([]int, len(weights))
	rest := make([]int64, len(weights))
	var whole int64
	for _, w := range weights {
		whole += w
	}
	if whole == 0 {
		return shares
	}
	left := sum
	for i, w := range weights {
		shares[i], rest[i], order[i] = sum*w/whole, sum*w%whole, i
		left -= shares[i]
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case rest[a] > rest[b]:
			return -1
		case rest[a] < rest[b]:
			return 1
		}
		return 0
	})
	for _, i := range order[:left] {
		shares[i]++
	}
	return shares
}

// sumTaxes adds up shares of the same rate and reason.
func sumTaxes(all []taxShare) []taxShare {
	sums := []taxShare{}
	for _, t := range all {
		i := slices.IndexFunc(sums, func(s taxShare) bool {
			return s.Rate.ID == t.Rate.ID && s.TaxabilityReason == t.TaxabilityReason
		})
		if i < 0 {
			sums = append(sums, t)
			continue
		}
		sums[i].Amount += t.Amount
		sums[i].TaxableAmount += t.TaxableAmount
	}
	return sums
}
