package shop

import "slices"

// Rebase puts what one person changed on top of what another has changed
// meanwhile: base is what both began with. Where both changed one setting,
// mine stands. A setting that no form knows stays theirs.
func Rebase(base, mine, theirs Settings) Settings {
	s := theirs
	s.ShopName = pick(base.ShopName, mine.ShopName, theirs.ShopName)
	s.ShopAddress = pick(base.ShopAddress, mine.ShopAddress, theirs.ShopAddress)
	s.ShopEmail = pick(base.ShopEmail, mine.ShopEmail, theirs.ShopEmail)
	s.ShopPhone = pick(base.ShopPhone, mine.ShopPhone, theirs.ShopPhone)
	s.ShopHours = pick(base.ShopHours, mine.ShopHours, theirs.ShopHours)
	s.Currency = pick(base.Currency, mine.Currency, theirs.Currency)
	s.TimeZone = pick(base.TimeZone, mine.TimeZone, theirs.TimeZone)
	s.TaxOffReason = pick(base.TaxOffReason, mine.TaxOffReason, theirs.TaxOffReason)
	s.FreeShippingOver = pick(base.FreeShippingOver, mine.FreeShippingOver, theirs.FreeShippingOver)
	s.ReturnDays = pick(base.ReturnDays, mine.ReturnDays, theirs.ReturnDays)
	s.RatePerMinute = pick(base.RatePerMinute, mine.RatePerMinute, theirs.RatePerMinute)
	s.LowStockAt = pick(base.LowStockAt, mine.LowStockAt, theirs.LowStockAt)
	s.TaxYears = pick(base.TaxYears, mine.TaxYears, theirs.TaxYears)
	s.AlarmMailTo = pickList(base.AlarmMailTo, mine.AlarmMailTo, theirs.AlarmMailTo)
	s.Alarms = pickList(base.Alarms, mine.Alarms, theirs.Alarms)
	s.Zones = rebaseZones(base.Zones, mine.Zones, theirs.Zones)
	return s
}

// rebaseZones keeps their zones but those that I removed, and adds mine.
func rebaseZones(base, mine, theirs []Zone) []Zone {
	var zones []Zone
	for i := range theirs {
		z := theirs[i]
		was, is := zoneOf(base, z.Code), zoneOf(mine, z.Code)
		switch {
		case was != nil && is == nil:
			continue
		case was != nil:
			z = rebaseZone(*was, *is, z)
		case is != nil: // both have added it
			z = *is
		}
		zones = append(zones, z)
	}
	for i := range mine {
		if zoneOf(base, mine[i].Code) == nil && zoneOf(theirs, mine[i].Code) == nil {
			zones = append(zones, mine[i])
		}
	}
	return zones
}

func rebaseZone(base, mine, theirs Zone) Zone {
	z := theirs
	z.Name = pick(base.Name, mine.Name, theirs.Name)
	z.Country = pick(base.Country, mine.Country, theirs.Country)
	z.Rate = pick(base.Rate, mine.Rate, theirs.Rate)
	z.FreeShipping = pick(base.FreeShipping, mine.FreeShipping, theirs.FreeShipping)
	z.FreeReturns = pick(base.FreeReturns, mine.FreeReturns, theirs.FreeReturns)
	z.On = pick(base.On, mine.On, theirs.On)
	if !slices.Equal(base.States, mine.States) {
		z.States = mine.States
	}
	return z
}

func pickList[T comparable](base, mine, theirs []T) []T {
	if !slices.Equal(mine, base) {
		return mine
	}
	return theirs
}

// pick is mine where I changed it, else theirs.
func pick[T comparable](base, mine, theirs T) T {
	if mine != base {
		return mine
	}
	return theirs
}
