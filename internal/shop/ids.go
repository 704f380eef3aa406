package shop

// Ids of rows: positive, below 2^53 so that JavaScript can hold them, never
// used again. Only product, variant and image ids are public, since theme
// libraries speak them.
type (
	ProductID    int64
	VariantID    int64
	ImageID      int64
	PictureID    int64
	CollectionID int64
	CartID       int64
	LineID       int64
	OrderID      int64
	OrderLineID  int64
	UnitID       int64
	AttemptID    int64
	HoldID       int64
	RefundID     int64
	ParcelID     int64
	RedirectID   int64
	AlarmID      int64
	LinkID       int64
	JobID        int64
	MailID       int64
	DiscountID   int64
	ReturnID     int64
	ReturnUnitID int64
)
