package shop

// PlaceShop is the stock that shoppers buy from. Quarantine and second choice
// are places of their own, so that they never look sellable.
const PlaceShop = "shop"

// The places of what came back and is not sold as new.
const (
	PlaceQuarantine = "quarantine"
	PlaceSecond     = "second choice"
)

// StockLevel is how many of a variant lie in a place. OnHand includes what is
// Held for someone who is paying.
type StockLevel struct {
	VariantID VariantID
	Place     string
	OnHand    int64
	Held      int64
}

// Free is what can still be promised.
func (s StockLevel) Free() int64 { return s.OnHand - s.Held }

// StockMovement is a change of OnHand and its cause. A cause moves a variant
// once per step: (variant, place, cause kind, cause id, step) is unique.
type StockMovement struct {
	ID        int64
	VariantID VariantID
	Place     string
	Delta     int64
	CauseKind string // "import", "order", "adjustment"
	CauseID   string
	Step      string // "open", "sold", …
	Who       string
	At        Instant
	Note      string // why, in the words of staff, "" for none
}

// HoldState is the state of a hold.
type HoldState string

// A hold is held, and ends once: sold or released.
const (
	HoldHeld     HoldState = "held"
	HoldSold     HoldState = "sold"
	HoldReleased HoldState = "released"
)

// StockHold keeps pieces of a variant for one cause. It serves payment
// attempt, exchange, prize and waiting line alike; (cause kind, cause id,
// variant) is unique.
type StockHold struct {
	ID        HoldID
	VariantID VariantID
	Quantity  int64
	CauseKind string // "order"
	CauseID   int64
	State     HoldState
	CreatedAt Instant
	EndedAt   *Instant
}

// HoldMoves are the steps a hold may take.
var HoldMoves = Moves[HoldState]{
	"":       {HoldHeld},
	HoldHeld: {HoldSold, HoldReleased},
}
