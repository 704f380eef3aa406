package shop

// Order is what a bag became when its owner pressed Checkout. Lines, units,
// amounts and holds never change after that; only its state does, and what
// Settle learns from Stripe is added.
type Order struct {
	ID              OrderID
	CartID          CartID
	CartDigest      string // of the bag as it was placed
	Number          *int64 // consecutive, taken when paid
	State           OrderState
	Fulfilment      Fulfilment // written by database as Unfulfilled when it is placed
	Review          string     // why staff must look at it, "" when nobody need
	Currency        string
	SettingsVersion int64
	ZoneCode        string
	Subtotal        Cents // lines before discount
	Discount        Cents
	Shipping        Cents
	FreeShips       bool
	DiscountCode    string // the code that Discount or FreeShips is due to, "" for none
	Total           Cents  // before tax
	Tax             *Cents // written by Settle
	ShippingTax     *Cents // the part of Tax that is on shipping
	Note            string
	GiftNote        string
	PlacedAt        Instant
	PaidAt          *Instant
	ExchangeOf      *UnitID  // the piece that was paid for, in whose place another size is sent by this; nil for a purchase
	ClosedAt        *Instant // cancelled; kept if late money pays for it after all
	ErasedAt        *Instant // when who it was for, and what they wrote, was erased

	Lines      []OrderLine
	Tenders    []OrderTender
	Attributes []OrderAttribute
	Contact    *OrderContact `gorm:"-"`
}

// OrderState is the state of an order's payment.
type OrderState string

// The states of an order.
const (
	OrderPending    OrderState = "pending"    // placed, not paid
	OrderProcessing OrderState = "processing" // the money is on its way, by a slow method
	OrderPaid       OrderState = "paid"
	OrderCancelled  OrderState = "cancelled"
)

// OrderMoves are the steps an order may take. A cancelled order may still be
// paid by money that arrives late while the stock can be had again.
var OrderMoves = Moves[OrderState]{
	"":              {OrderPending},
	OrderPending:    {OrderProcessing, OrderPaid, OrderCancelled},
	OrderProcessing: {OrderPaid, OrderCancelled},
	OrderCancelled:  {OrderPaid},
}

// OrderLine is a copy of what was bought, as it was.
type OrderLine struct {
	ID           OrderLineID
	OrderID      OrderID
	Position     int
	ProductID    ProductID
	VariantID    VariantID
	Handle       string
	Title        string
	VariantTitle string
	Vendor       string
	SKU          string
	Price        Cents
	Quantity     int
	Amount       Cents // price × quantity
	Discount     Cents // this line's share
	Ships        bool
	Taxable      bool
	TaxCode      string
	GiftCard     bool
	Tracked      bool // stock was held for it
	PictureID    *PictureID

	Properties []OrderLineProperty
	Units      []OrderUnit
}

// FullTitle names the shoe and the size: "Tern Racer – Ember, 9 / D".
func (l *OrderLine) FullTitle() string {
	if l.VariantTitle == "" || l.VariantTitle == DefaultTitle {
		return l.Title
	}
	return l.Title + ", " + l.VariantTitle
}

// OrderLineProperty is a copy of a LineProperty.
type OrderLineProperty struct {
	OrderLineID OrderLineID
	Position    int
	Name        string
	Value       string
}

// Private says that the property is for programs and not shown to shoppers.
func (p OrderLineProperty) Private() bool { return LineProperty{Name: p.Name}.Private() }

// OrderUnit is one physical piece: what was paid for it, and what becomes of
// it. Refunds read these and never compute a price again.
type OrderUnit struct {
	ID          UnitID
	OrderID     OrderID
	OrderLineID OrderLineID
	Position    int   // within the line, from 1
	PaidNet     Cents // its share of the line after discount, by cumulative floor
	PaidTax     *Cents
	State       UnitState // UnitWaiting when it is placed
}

// OrderTender is money received for an order, by kind.
type OrderTender struct {
	OrderID OrderID
	Kind    TenderKind
	Amount  Cents
}

// TenderKind is a kind of money.
type TenderKind string

// TenderStripe is a card or another method on Stripe's page.
const TenderStripe TenderKind = "stripe"

// OrderAttribute is a copy of a CartAttribute.
type OrderAttribute struct {
	OrderID OrderID
	Name    string
	Value   string
}

// OrderContact is the person of an order, in a row of its own since it may be
// erased while the order stays. Settle writes it.
type OrderContact struct {
	OrderID    OrderID
	Email      string
	Name       string
	Phone      string
	ShipName   string
	Line1      string
	Line2      string
	City       string
	State      string
	PostalCode string
	Country    string
}

// OrderWord is a word in lower case by which staff find an order: of its
// contact's names and address of e-mail. It is erased with the contact.
type OrderWord struct {
	Word    string
	OrderID OrderID
}

// GrandTotal is the total with tax, as far as tax is known.
func (o *Order) GrandTotal() Cents {
	if o.Tax == nil {
		return o.Total
	}
	return o.Total + *o.Tax
}

// UnitsFor splits a line's amount after discount over its pieces.
func UnitsFor(l OrderLine) []OrderUnit {
	units := make([]OrderUnit, l.Quantity)
	for i, net := range (l.Amount - l.Discount).Split(l.Quantity) {
		units[i] = OrderUnit{OrderID: l.OrderID, OrderLineID: l.ID, Position: i + 1, PaidNet: net, State: UnitWaiting}
	}
	return units
}
