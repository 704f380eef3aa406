package shop

import "slices"

// The orders in which a list of products can stand, named as Shopify's
// sort_by names them. Best-selling joins them when there are sales to count.
const (
	SortManual    = "manual"
	SortTitle     = "title-ascending"
	SortTitleDown = "title-descending"
	SortPrice     = "price-ascending"
	SortPriceDown = "price-descending"
	SortOldest    = "created-ascending"
	SortNewest    = "created-descending"
)

// SortOrders are all of them, in the order in which a page offers them.
func SortOrders() []string {
	return []string{SortManual, SortTitle, SortTitleDown, SortPrice, SortPriceDown, SortNewest, SortOldest}
}

// SortOr is the order that a visitor asked for if there is such an order,
// else the given one, else the manual order.
func SortOr(asked, otherwise string) string {
	for _, s := range []string{asked, otherwise} {
		if slices.Contains(SortOrders(), s) {
			return s
		}
	}
	return SortManual
}
