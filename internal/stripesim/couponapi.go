package stripesim

import "encoding/json"

// createCoupon answers POST /v1/coupons.
func createCoupon(c *call) action {
	off := &coupon{
		ID: c.p.str("id", 200), Object: kindCoupon, AmountOff: c.p.between("amount_off", 1, maxCents),
		Currency: optional(c.p.str("currency", 3)), Duration: c.p.enum("duration", "once", "forever", "repeating"),
		DurationInMonths: c.p.between("duration_in_months", 1, 1200), MaxRedemptions: c.p.between("max_redemptions", 1, 1<<31),
		Metadata: withoutEmpty(c.p.metadata("metadata")), Name: optional(c.p.str("name", 40)), RedeemBy: c.p.int("redeem_by"),
	}
	if raw := c.p.str("percent_off", 10); raw != "" {
		n := json.Number(raw)
		off.PercentOff = &n
		if _, ok := percent(n); !ok {
			c.p.fail(refuse("", "percent_off", "Invalid decimal: %s; must be above 0, at most 100, with at most two decimals", raw))
		}
	}
	checkCoupon(c, off)
	return func(l *ledger) (any, error) {
		off.Created = l.now
		if off.ID == "" {
			off.ID = newID("", 8)
		}
		var same coupon
		if err := l.load(kindCoupon, off.ID, &same); err == nil {
			return nil, refuse("resource_already_exists", "id", "Coupon already exists.")
		} else if err != errNotFound {
			return nil, err
		}
		off.Valid = off.usable(l.now)
		return off, l.insert(off)
	}
}

func checkCoupon(c *call, off *coupon) {
	switch {
	case off.AmountOff == nil && off.PercentOff == nil:
		c.p.fail(refuse("parameter_missing", "percent_off", "Must provide percent_off or amount_off."))
	case off.AmountOff != nil && off.PercentOff != nil:
		c.p.fail(exclusive("amount_off", "percent_off"))
	case off.AmountOff != nil && off.Currency == nil:
		c.p.fail(missing("currency"))
	case off.Currency != nil && *off.Currency != "usd":
		c.p.fail(notSimulated("currency", "currencies other than usd"))
	case off.RedeemBy != nil && *off.RedeemBy <= c.now:
		c.p.fail(refuse("", "redeem_by", "redeem_by must be in the future."))
	}
}

func getCoupon(c *call) action {
	return func(l *ledger) (any, error) {
		off, err := inPath[coupon](l, kindCoupon, c.r.PathValue("id"))
		if off != nil {
			off.Valid = off.usable(l.now)
		}
		return off, err
	}
}

func deleteCoupon(c *call) action {
	return func(l *ledger) (any, error) { return l.deleted(kindCoupon, c.r.PathValue("id")) }
}
