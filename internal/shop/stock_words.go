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

// FewLeft is the count from which on pages say how many there are.
const FewLeft = 3

// StockNote says how few of a variant are left and what happens to the others:
// "2 left, 1 being paid for right now". It is "" when there are plenty, and
// when there are none and nobody is paying for any. own is what the reader's
// own order keeps, which is left for the reader.
func StockNote(v *Variant, own int64) string {
	seen := *v
	seen.Stock.Held -= own
	left, limited := seen.Left()
	others := seen.Stock.Held
	switch {
	case !limited || left > FewLeft:
		return ""
	case left == 0 && others <= 0:
		return ""
	case left == 0 && others == 1:
		return "The last one is being paid for right now. It may come back within the hour."
	case left == 0:
		return fmt.Sprintf("The last %d are being paid for right now. Some may come back within the hour.", others)
	case others > 0:
		return fmt.Sprintf("%d left, %d being paid for right now", left, others)
	}
	return fmt.Sprintf("%d left", left)
}
