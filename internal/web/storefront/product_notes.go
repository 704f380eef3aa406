package storefront

import (
	"fmt"
	"math"

	"longrun/internal/shop"
)

// notYet says when a product goes on sale, "" when it is.
func notYet(p *shop.Product, now shop.Instant, settings shop.Settings) string {
	if p.OnSale(now) || p.OnSaleAt == nil {
		return ""
	}
	return "On sale from " + p.OnSaleAt.In(settings.Location()).Format("Jan 2, 3:04 PM")
}

// shippingNote says what shipping one of a variant costs where the shop ships
// first of all.
func shippingNote(v *shop.Variant, giftCard bool, settings shop.Settings) string {
	zone, _ := settings.ZoneFor("")
	ships := v.RequiresShipping && !giftCard
	rate, _ := shop.ShippingFor(v.Price, ships, zone, settings)
	switch {
	case !ships:
		return ""
	case rate == 0:
		return "Free shipping"
	case zone.FreeShipping:
		return fmt.Sprintf("Shipping %s, free for orders over %s", rate, settings.FreeShippingOver.Short())
	}
	return "Shipping " + rate.String()
}

// facts are what runners compare, as far as it is known.
func facts(f shop.ShoeFacts) []Fact {
	var list []Fact
	add := func(name, value string) {
		if value != "" {
			list = append(list, Fact{name, value})
		}
	}
	add("For", capital(f.Gender))
	add("Surface", capital(f.Surface))
	add("Support", capital(f.Support))
	add("Cushioning", capital(f.Cushioning))
	add("Drop", millimetres(f.DropMM))
	if f.HeelMM > 0 && f.ForefootMM > 0 {
		add("Stack", fmt.Sprintf("%d mm heel, %d mm forefoot", f.HeelMM, f.ForefootMM))
	}
	add("Weight", weight(f))
	return list
}

func millimetres(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d mm", n)
}

// gramsPerOunce is the international avoirdupois ounce.
const gramsPerOunce = 28.349523125

func weight(f shop.ShoeFacts) string {
	if f.WeightGrams == 0 {
		return ""
	}
	size := "men’s 9"
	if f.Gender == "women" {
		size = "women’s 7"
	}
	ounces := math.Round(float64(f.WeightGrams)/gramsPerOunce*10) / 10
	return fmt.Sprintf("%.1f oz (%d g), %s", ounces, f.WeightGrams, size)
}
