package storefront

import (
	"strconv"

	"longrun/internal/shop"
)

// codeJSON is a discount code of the cart; one that takes nothing off now is
// not applicable.
type codeJSON struct {
	Code       string `json:"code"`
	Applicable bool   `json:"applicable"`
}

func codesJSON(bag *shop.Bag) []codeJSON {
	if bag.Cart.DiscountCode == "" {
		return []codeJSON{}
	}
	return []codeJSON{{bag.Cart.DiscountCode, bag.CodeOff.Sentence == ""}}
}

// applicationJSON is a discount with what it has taken off in all. A code for
// everything stands at the cart and leaves the lines as they are, one for
// some products at its lines.
type applicationJSON struct {
	Type                string     `json:"type"`
	Title               string     `json:"title"`
	Description         string     `json:"description"`
	Value               string     `json:"value"`
	ValueType           string     `json:"value_type"`
	AllocationMethod    string     `json:"allocation_method"`
	TargetSelection     string     `json:"target_selection"`
	TargetType          string     `json:"target_type"`
	TotalAllocatedPrice shop.Cents `json:"total_allocated_amount"`
}

func application(bag *shop.Bag) applicationJSON {
	d := bag.Code.Discount
	a := applicationJSON{
		Type: "discount_code", Title: d.Code, Description: d.Code, Value: shop.Cents(d.Value).Decimal(), ValueType: "fixed_amount",
		AllocationMethod: "across", TargetSelection: "all", TargetType: "line_item", TotalAllocatedPrice: bag.Quote.Discount,
	}
	if d.Kind == shop.DiscountPercent {
		a.Value, a.ValueType = strconv.FormatInt(d.Value, 10)+".0", "percentage"
	}
	if bag.Code.Products != nil {
		a.TargetSelection = "entitled"
	}
	return a
}

// lineOffJSON is what was taken off a line, in the older form.
type lineOffJSON struct {
	Amount shop.Cents `json:"amount"`
	Title  string     `json:"title"`
}

type allocationJSON struct {
	Amount      shop.Cents      `json:"amount"`
	Application applicationJSON `json:"discount_application"`
}

// reduce takes a line's share of the discount off its prices.
func (j *lineJSON) reduce(bag *shop.Bag, l *shop.BagLine) {
	j.TotalDiscount, j.LineLevelTotalDiscount = l.Off, l.Off
	j.LinePrice, j.FinalLinePrice = l.Amount-l.Off, l.Amount-l.Off
	each := j.FinalLinePrice / shop.Cents(max(1, l.Line.Quantity))
	j.DiscountedPrice, j.FinalPrice = each, each
	j.Discounts = append(j.Discounts, lineOffJSON{l.Off, bag.Code.Code})
	j.LineDiscountAllocations = append(j.LineDiscountAllocations, allocationJSON{l.Off, application(bag)})
}
