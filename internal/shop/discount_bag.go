package shop

import "fmt"

// BagCode is the code that a bag names, with what the database knows of it
// now.
type BagCode struct {
	Code     string    // "" for none
	Discount *Discount // nil when there is no such code
	// Products are those in the bag that the code is for; nil is all of them.
	Products map[ProductID]bool
	Own      bool // the bag's own waiting order has one of its uses
}

// CodeProblem says why a code changes nothing.
type CodeProblem struct {
	Sentence string // "" when nothing is wrong
	// Curable says that another bag would cure it: the code may stay.
	Curable bool
}

// For is the discount for these lines at an instant, nil when it takes
// nothing off, and then why. A code for free shipping that ships free anyway
// is judged by QuoteFor.
func (b BagCode) For(lines []QuoteLine, now Instant) (*Discount, CodeProblem) {
	if b.Code == "" {
		return nil, CodeProblem{}
	}
	if problem := b.closed(now); problem != "" {
		return nil, CodeProblem{problem, false}
	}
	d, inScope, counted, ships := b.Discount, Cents(0), 0, false
	for _, l := range lines {
		ships = ships || l.Ships && !l.GiftCard
		if l.InScope && !l.GiftCard {
			inScope += l.Price * Cents(l.Quantity)
			counted++
		}
	}
	switch {
	case counted == 0:
		return nil, CodeProblem{fmt.Sprintf("%s is not for anything in your bag.", d.Code), true}
	case inScope < d.Minimum && d.Scope == ScopeAll:
		return nil, CodeProblem{fmt.Sprintf("Add %s more to use %s.", d.Minimum-inScope, d.Code), true}
	case inScope < d.Minimum:
		return nil, CodeProblem{fmt.Sprintf("Add %s more of what %s is for to use it.", d.Minimum-inScope, d.Code), true}
	case d.Kind == DiscountShipping && !ships:
		return nil, CodeProblem{fmt.Sprintf("%s is for shipping, and nothing in your bag is shipped.", d.Code), true}
	}
	return d, CodeProblem{}
}

// closed says why nobody can use the code now, "" when somebody can. A code
// that is off is as unknown as one that never was.
func (b BagCode) closed(now Instant) string {
	d := b.Discount
	switch {
	case d == nil || !d.Active:
		return fmt.Sprintf("There is no discount code %s.", b.Code)
	case now.Before(d.StartsAt):
		return fmt.Sprintf("%s cannot be used yet.", d.Code)
	case d.Over(now):
		return fmt.Sprintf("%s has expired.", d.Code)
	case d.UsedUp() && !b.Own:
		return UsedUpSentence(d.Code)
	}
	return ""
}

// UsedUpSentence is what the first shopper too many is told.
func UsedUpSentence(code string) string {
	return fmt.Sprintf("%s has been used as often as it could be.", code)
}

// IsFor says whether the code is for a product of the bag.
func (b BagCode) IsFor(p ProductID) bool {
	return b.Code != "" && (b.Products == nil || b.Products[p])
}

// PerCustomerReview says why a paid order needs a look because its customer
// had used its code before, "" when it does not: who the customer is was
// known only once the money was there, and then nothing is refused.
func PerCustomerReview(d *Discount, before int64) string {
	if d == nil || d.MaxPerCustomer == nil || before < *d.MaxPerCustomer {
		return ""
	}
	return fmt.Sprintf("the discount code %s is for %d per customer, and this one had used it %d before",
		d.Code, *d.MaxPerCustomer, before)
}
