package shop

// Product is a thing the shop sells: one style in one colourway.
type Product struct {
	ID          ProductID
	Handle      string // in the URL, lower-case a-z 0-9 and hyphen, unique
	Title       string
	Description string // sanitised HTML
	Vendor      string
	Category    string // the standard taxonomy's path, kept for the round trip
	Type        string
	Status      ProductStatus
	Published   bool // on the online store, Shopify's "Published"
	SEOTitle    string
	SEOText     string
	GiftCard    bool
	Family      string // products of one family are each other's "other colours"
	Colour      string // this one's name among its family
	PublishAt   *Instant
	OnSaleAt    *Instant
	OrderLimit  int // pairs per order, 0 for none
	ShoeFacts
	PriceLow  Cents // of its cheapest variant; written by database for sorting
	CreatedAt Instant
	UpdatedAt Instant
	Version   int64

	Options  []ProductOption
	Variants []Variant
	Images   []ProductImage
	Tags     []ProductTag
	Fields   []ProductField
}

// ShoeFacts are what runners compare. A zero or empty fact is unknown.
type ShoeFacts struct {
	Gender      string // men, women, unisex
	Surface     string // road, trail, track
	Support     string // neutral, stability
	Cushioning  string // firm, balanced, soft
	DropMM      int    // heel less forefoot
	HeelMM      int    // stack height
	ForefootMM  int
	WeightGrams int // one shoe, men's 9 or women's 7
	Released    Month
	FitNote     string
}

// ProductStatus is whether a product can be seen.
type ProductStatus string

// The states of a product, as Shopify names them.
const (
	ProductDraft    ProductStatus = "draft"
	ProductActive   ProductStatus = "active"
	ProductArchived ProductStatus = "archived"
)

// ProductOption is one thing to choose, such as Size. At most three a product.
type ProductOption struct {
	ProductID ProductID
	Position  int // 1 to 3
	Name      string
}

// ProductTag is one tag of a product.
type ProductTag struct {
	ProductID ProductID
	Tag       string
}

// ProductField is a column of an imported file that the shop keeps for the
// round trip and does not read itself.
type ProductField struct {
	ProductID ProductID
	Name      string
	Value     string
}

// VariantField is the same for a variant.
type VariantField struct {
	VariantID VariantID
	Name      string
	Value     string
}

// Variant is what is bought: one size and width of a product. A product
// without options has one variant whose Option1 is DefaultTitle.
type Variant struct {
	ID               VariantID
	ProductID        ProductID
	Position         int
	Option1          string
	Option2          string
	Option3          string
	SKU              string
	Barcode          string
	Price            Cents
	CompareAt        *Cents
	Cost             *Cents
	Grams            int64
	WeightUnit       string // for display: g, kg, oz, lb
	Tracked          bool   // has counts; without, always available
	Policy           StockPolicy
	Taxable          bool
	TaxCode          string
	RequiresShipping bool
	ImageID          *ImageID
	ImageSource      string // the URL an import named for this variant's picture
	CreatedAt        Instant
	UpdatedAt        Instant

	Stock  StockLevel `gorm:"-"`
	Fields []VariantField
}

// DefaultTitle is the option value of a product without options, in Shopify's
// files and JSON.
const DefaultTitle = "Default Title"

// StockPolicy says what happens when a tracked variant runs out.
type StockPolicy string

// The stock policies, as Shopify names them.
const (
	PolicyDeny     StockPolicy = "deny"
	PolicyContinue StockPolicy = "continue"
)

// ProductImage is a picture's place on a product. PictureID is nil until the
// source has been fetched; pages show the shop's stand-in till then.
type ProductImage struct {
	ID        ImageID
	ProductID ProductID
	Position  int
	Alt       string
	SourceURL string
	PictureID *PictureID

	Picture *Picture `gorm:"-"`
}

// Picture is a kept picture file, named by its digest.
type Picture struct {
	ID        PictureID
	Digest    string // hex SHA-256 of the kept file
	MediaType string
	Width     int
	Height    int
	CreatedAt Instant
}

// Collection is a list of products made by hand.
type Collection struct {
	ID          CollectionID
	Handle      string
	Title       string
	Description string // sanitised HTML
	SortOrder   string // the default of its page, one of SortOrders
	Position    int
	Published   bool
	Version     int // raised by each change; a form that saw an older one is not saved
	CreatedAt   Instant
	UpdatedAt   Instant
}

// CollectionProduct is a product's place in a collection.
type CollectionProduct struct {
	CollectionID CollectionID
	ProductID    ProductID
	Position     int
}
