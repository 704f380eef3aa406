package shop

import (
	"fmt"
	"slices"
	"strings"
)

// Limits of a discount code, in characters, and of what it may take off.
const (
	MinCode    = 3
	MaxCode    = 32
	MaxPercent = 100
)

// Discount is a code that takes something off an order. An order names at
// most one, and keeps what it took: a code may change or end afterwards.
type Discount struct {
	ID             DiscountID
	Code           string // as ParseCode gives it; never changes
	Kind           DiscountKind
	Value          int64         // percent from 1 to 100, or cents; 0 for DiscountShipping
	Minimum        Cents         // what the lines it is for must come to, before it
	Scope          DiscountScope // which lines it is for
	StartsAt       Instant
	EndsAt         *Instant // from then on it is over; nil for never
	MaxUses        *int64   // held and used together; nil for no limit
	MaxPerCustomer *int64   // told by address of e-mail, once paid; nil for no limit
	Active         bool
	Uses           int64 // held and used
	Version        int
	CreatedAt      Instant
	UpdatedAt      Instant
}

// DiscountKind is what a discount takes off.
type DiscountKind string

// The kinds.
const (
	DiscountPercent  DiscountKind = "percent"
	DiscountAmount   DiscountKind = "amount"
	DiscountShipping DiscountKind = "free_shipping" // by the standard method, to any zone
)

// DiscountKinds are all kinds.
func DiscountKinds() []DiscountKind {
	return []DiscountKind{DiscountPercent, DiscountAmount, DiscountShipping}
}

// DiscountScope is which lines a discount is for. Gift cards are in none.
type DiscountScope string

// The scopes.
const (
	ScopeAll         DiscountScope = "all"
	ScopeProducts    DiscountScope = "products"
	ScopeCollections DiscountScope = "collections"
)

// DiscountScopes are all scopes.
func DiscountScopes() []DiscountScope {
	return []DiscountScope{ScopeAll, ScopeProducts, ScopeCollections}
}

// UseState is the state of one order's use of a discount.
type UseState string

// The states of a use. A late one is of an order that was paid after its use
// had been given back and taken by others: the money decides, not the limit.
const (
	UseHeld     UseState = "held"
	UseUsed     UseState = "used"
	UseReleased UseState = "released"
	UseLate     UseState = "late"
)

// DiscountUse is one order's use of a discount.
type DiscountUse struct {
	OrderID    OrderID `gorm:"primaryKey;autoIncrement:false"`
	DiscountID DiscountID
	State      UseState
	At         Instant // of its last change
}

// ParseCode brings a code as people type it into its one form: ASCII capital
// letters, digits and hyphens. What cannot be a code is KindInvalid.
func ParseCode(typed string) (string, error) {
	// Not ToUpper, which makes ASCII of letters that only look like it.
	code := strings.Map(capital, strings.TrimSpace(typed))
	if len(code) < MinCode || len(code) > MaxCode || strings.ContainsFunc(code, notInCode) {
		return "", Invalid("A discount code has %d to %d letters, digits and hyphens.", MinCode, MaxCode)
	}
	return code, nil
}

func capital(r rune) rune {
	if r >= 'a' && r <= 'z' {
		return r - 'a' + 'A'
	}
	return r
}

func notInCode(r rune) bool {
	return (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-'
}

// Off is what the discount takes off the lines it is for, which come to
// merchandise, rounded down to a cent and never more than they cost.
func (d *Discount) Off(merchandise Cents) Cents {
	switch d.Kind {
	case DiscountPercent:
		return max(0, Cents(mulDiv(int64(merchandise), min(d.Value, MaxPercent), 100)))
	case DiscountAmount:
		return max(0, min(Cents(d.Value), merchandise))
	}
	return 0
}

// OfferText says what the code gives: "20% off", "$10.00 off", "free
// shipping".
func (d *Discount) OfferText() string {
	switch d.Kind {
	case DiscountPercent:
		return fmt.Sprintf("%d%% off", d.Value)
	case DiscountAmount:
		return Cents(d.Value).String() + " off"
	}
	return "free shipping"
}

// Over says whether the discount has ended at an instant.
func (d *Discount) Over(now Instant) bool { return d.EndsAt != nil && !now.Before(*d.EndsAt) }

// UsedUp says whether no use is left.
func (d *Discount) UsedUp() bool { return d.MaxUses != nil && d.Uses >= *d.MaxUses }

// StateAt is how the discount stands, in a word that staff read.
func (d *Discount) StateAt(now Instant) string {
	switch {
	case !d.Active:
		return "off"
	case d.Over(now):
		return "ended"
	case now.Before(d.StartsAt):
		return "scheduled"
	case d.UsedUp():
		return "used up"
	}
	return "active"
}

// DiscountProduct is a product that a discount is for.
type DiscountProduct struct {
	DiscountID DiscountID
	ProductID  ProductID
}

// DiscountCollection is a collection whose products a discount is for.
type DiscountCollection struct {
	DiscountID   DiscountID
	CollectionID CollectionID
}

// MaxUseLimit is the highest limit of uses.
const MaxUseLimit = 1_000_000

// Tidy brings a discount as somebody typed it into the form in which it is
// kept. What is not right is KindInvalid by field: code, value, minimum,
// scope, ends, uses, customer.
func (d *Discount) Tidy() error {
	fields := map[string]string{}
	code, err := ParseCode(d.Code)
	if err != nil {
		fields["code"] = err.Error()
	}
	d.Code = code
	switch {
	case d.Kind == DiscountPercent && (d.Value < 1 || d.Value > MaxPercent):
		fields["value"] = "A percentage is a whole number from 1 to 100."
	case d.Kind == DiscountAmount && (d.Value < 1 || d.Value > int64(MaxCents)):
		fields["value"] = fmt.Sprintf("An amount is from %s to %s.", Cents(1), MaxCents)
	case d.Kind == DiscountShipping:
		d.Value = 0
	case d.Kind != DiscountPercent && d.Kind != DiscountAmount:
		fields["kind"] = "Choose what the code takes off."
	}
	if d.Minimum < 0 || d.Minimum > MaxCents {
		fields["minimum"] = fmt.Sprintf("The minimum is at most %s.", MaxCents)
	}
	if !slices.Contains(DiscountScopes(), d.Scope) {
		fields["scope"] = "Choose what the code is for."
	}
	if d.EndsAt != nil && !d.StartsAt.Before(*d.EndsAt) {
		fields["ends"] = "The end is after the start."
	}
	for name, limit := range map[string]*int64{"uses": d.MaxUses, "customer": d.MaxPerCustomer} {
		if limit != nil && (*limit < 1 || *limit > MaxUseLimit) {
			fields[name] = fmt.Sprintf("A limit is from 1 to %d; without one leave it empty.", MaxUseLimit)
		}
	}
	if len(fields) == 0 {
		return nil
	}
	e := Invalid("The discount code is not saved: look at the fields that are marked.")
	e.Fields = fields
	return e
}
