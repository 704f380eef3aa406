package shop

import "fmt"

// ShortSentence says, to the shopper who wanted n, why so many of a thing
// cannot be had: it is sold out, fewer are left, or the last are being paid
// for by someone who may yet let go of them. title names it with its size.
func ShortSentence(title string, level StockLevel, n int64) string {
	free := level.Free()
	switch {
	case level.OnHand <= 0:
		return fmt.Sprintf("%s has just sold out.", title)
	case free <= 0 && level.OnHand == 1:
		return fmt.Sprintf("The last %s is being paid for by someone else right now. It may come back within the hour.", title)
	case free <= 0:
		return fmt.Sprintf("The last %d of %s are being paid for by others right now. Some may come back within the hour.",
			level.OnHand, title)
	}
	return fmt.Sprintf("Only %d of %s can be had now; your bag has %d.", free, title, n)
}
