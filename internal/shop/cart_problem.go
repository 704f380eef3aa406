package shop

import "fmt"

// ProblemAt says why a line cannot be bought as it stands, "" when it can.
// held is what the bag's own pending order keeps of the variant; pieces is how
// many of the variant the whole bag has, pairs how many of the product.
func (l *BagLine) ProblemAt(now Instant, held int64, pieces, pairs int) string {
	title := TitleWithSize(&l.Product, &l.Variant)
	own := l.Variant
	own.Stock.Held -= held
	switch {
	case !l.Product.Visible(now):
		return title + " is not sold any more. Please take it out of your bag."
	case !l.Product.OnSale(now):
		return title + " is not on sale yet."
	case !own.CanSell(pieces):
		return ShortSentence(title, own.Stock, int64(pieces))
	case l.Product.OrderLimit > 0 && pairs > l.Product.OrderLimit:
		return fmt.Sprintf("At most %d of %s can be bought at once; your bag has %d.", l.Product.OrderLimit, l.Product.Title, pairs)
	}
	return ""
}
