package settings

import (
	"context"
	"fmt"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// countUpTo is how far orders and bags are counted for a sentence.
const countUpTo = 1000

// consequences are what follows from a change beyond the settings themselves.
func consequences(ctx context.Context, r database.Reader, c *Change) ([]string, error) {
	list := told(&c.Now, &c.Wanted)
	if c.moves("free_shipping_over", "zones", "return_days") {
		n, err := r.OrdersBeingPaid(ctx, countUpTo+1)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			list = append(list, fmt.Sprintf("%s being paid %s the rules %s placed under.", counted(n, "order"), verb(n, "keeps", "keep"), verb(n, "it was", "they were")))
		}
	}
	for _, z := range c.Now.ZonesOn() {
		if still := zoneNow(c.Wanted.Zones, z.Code); still != nil && still.On {
			continue
		}
		n, err := r.BagsTo(ctx, z.Code, countUpTo+1)
		if err != nil {
			return nil, err
		}
		list = append(list, leaving(&c.Wanted, &z, n))
	}
	return list, nil
}

// moves says whether a setting differs, or any below it.
func (c *Change) moves(names ...string) bool {
	for _, d := range c.Differences {
		for _, name := range names {
			if d.Name == name || strings.HasPrefix(d.Name, name+".") {
				return true
			}
		}
	}
	return false
}

// told are the sentences that need no counting.
func told(now, wanted *shop.Settings) []string {
	var list []string
	add := func(when bool, format string, args ...any) {
		if when {
			list = append(list, fmt.Sprintf(format, args...))
		}
	}
	add(now.ShopName != wanted.ShopName, "Pages and mails say %q from now on. The name on the payment page is set at Stripe.", wanted.ShopName)
	add(now.ShopEmail != wanted.ShopEmail, "Pages and mails name the new address for questions. The address that mails are sent from is MAIL_FROM in the configuration and stays.")
	add(now.FreeShippingOver != wanted.FreeShippingOver,
		"The banner becomes %q Bags, the payment page, product pages, what search engines read and mails follow at once.", wanted.Banner())
	add(now.TimeZone != wanted.TimeZone, "Days, months and deadlines are read in %s. A time that is set already, such as when a shoe goes on sale, stays the same moment and is shown in the new zone.", wanted.TimeZone)
	add(now.ReturnDays != wanted.ReturnDays, "Orders placed until now keep their %d days.", now.ReturnDays)
	add(!now.AsksDestination() && wanted.AsksDestination(), "The bag asks where to before it can be paid for, since the rates differ.")
	add(now.AsksDestination() && !wanted.AsksDestination(), "The bag asks no more where to, since all rates are the same.")
	first, then := firstOn(now), firstOn(wanted)
	add(first != "" && first != then, "Product pages tell the rate of %s, which is now the first zone that is on.", then)
	return list
}

// leaving says what becomes of the bags to a zone that is not served any more.
func leaving(wanted *shop.Settings, z *shop.Zone, bags int) string {
	text := fmt.Sprintf("Nothing is sold to %s any more. ", z.Name)
	switch {
	case bags == 0:
		return text + "No bag is to go there."
	case wanted.AsksDestination():
		return text + fmt.Sprintf("%s to go there will be asked for another place.", counted(bags, "bag"))
	}
	return text + fmt.Sprintf("%s to go there will be reckoned for %s.", counted(bags, "bag"), firstOn(wanted))
}

func firstOn(s *shop.Settings) string {
	if on := s.ZonesOn(); len(on) > 0 {
		return on[0].Name
	}
	return ""
}

func zoneNow(zones []shop.Zone, code string) *shop.Zone {
	for i := range zones {
		if zones[i].Code == code {
			return &zones[i]
		}
	}
	return nil
}

func counted(n int, what string) string {
	switch {
	case n > countUpTo:
		return fmt.Sprintf("More than %d %ss", countUpTo, what)
	case n == 1:
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// What is allowed and yet hardly meant.
const (
	highRate    shop.Cents = 100_000
	highLine    shop.Cents = 1_000_000
	fewWrites              = 20 // a bag and its checkout are several
	longWindow             = 365
	shortWindow            = 7
)

// doubts are what to ask again about, of what changes.
func doubts(now, wanted *shop.Settings) []string {
	var list []string
	add := func(when bool, format string, args ...any) {
		if when {
			list = append(list, fmt.Sprintf(format, args...))
		}
	}
	if over := wanted.FreeShippingOver; over != now.FreeShippingOver {
		add(over == 0, "Every order would ship free.")
		add(over >= highLine, "Hardly any order would ship free: the line is %s.", over)
	}
	if days := wanted.ReturnDays; days != now.ReturnDays {
		add(days > longWindow, "Shoes could come back for %d days.", days)
		add(days < shortWindow, "Shoes could come back for %s only.", counted(days, "day"))
	}
	if n := wanted.RatePerMinute; n != now.RatePerMinute {
		add(n > 0 && n < fewWrites, "With %d writes a minute shoppers may be turned away while they fill a bag.", n)
	}
	for _, z := range wanted.ZonesOn() {
		if was := zoneNow(now.Zones, z.Code); was == nil || !was.On || was.Rate != z.Rate {
			add(z.Rate >= highRate, "Shipping to %s would cost %s.", z.Name, z.Rate)
			add(z.Rate == 0, "Shipping to %s would cost nothing, whatever is ordered.", z.Name)
		}
	}
	return list
}
