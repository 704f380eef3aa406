package catalog_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 900"><path d="M0 0"/></svg>`

// everything is a product with something in every column.
func everything(picture shop.PictureID) *shop.Product {
	compare, cost := shop.Cents(15_000), shop.Cents(6_000)
	at := shop.At(time.Date(2026, 11, 1, 9, 0, 0, 1_000, time.UTC))
	return &shop.Product{
		Handle: "ridge-2-ember", Title: "=Ridge 2", Description: "<p>Light,\n“quick” &amp; 10% off</p>", Vendor: "@Hollow",
		Category: "Apparel & Accessories > Shoes > Athletic Shoes", Type: "Shoes", Status: shop.ProductDraft, Published: false,
		SEOTitle: "-Ridge", SEOText: "two\nlines", GiftCard: true, Family: "ridge-2", Colour: "Ember", PublishAt: &at, OnSaleAt: &at, OrderLimit: 2,
		ShoeFacts: shop.ShoeFacts{
			Gender: "women", Surface: "trail", Support: "neutral", Cushioning: "soft", DropMM: -4, HeelMM: 30, ForefootMM: 34,
			WeightGrams: 240, Released: "2026-03", FitNote: "+ half a size",
		},
		Options: []shop.ProductOption{{Name: "Size"}, {Name: "Width"}},
		Tags:    []shop.ProductTag{{Tag: "'=wide"}, {Tag: "road"}},
		Fields:  []shop.ProductField{{Name: "product.metafields.custom.upper", Value: "mesh; knit"}},
		Images:  []shop.ProductImage{{Alt: "from the side", PictureID: &picture}, {SourceURL: "https://pictures.example/2.jpg?v=1&width=2"}},
		Variants: []shop.Variant{
			{Option1: "9", Option2: "D", SKU: "'100", Barcode: "0012345678905", Price: 14_000, CompareAt: &compare, Cost: &cost, Grams: 480,
				WeightUnit: "oz", Tracked: true, Policy: shop.PolicyContinue, Taxable: true, TaxCode: "txcd_99999999",
				ImageSource: "https://pictures.example/2.jpg?v=1&width=2", Stock: shop.StockLevel{OnHand: -3},
				Fields: []shop.VariantField{{Name: "Google Shopping / MPN", Value: "=1"}, {Name: "Variant Fulfillment Service", Value: "own"}}},
			{Option1: "9", Option2: "2E", SKU: "-7", Price: 14_000, RequiresShipping: true},
		},
	}
}

func TestEverythingComesBackFromAnExport(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		pictures, err := c.StoreDrawn(t.Context(), []byte(drawing))
		if err != nil {
			t.Fatal(err)
		}
		plain := &shop.Product{Title: "Cap", Status: shop.ProductActive, Published: true, Variants: []shop.Variant{{Price: 2_400}}}
		if err := c.Create(t.Context(), "demo", everything(pictures[0].ID), plain); err != nil {
			t.Fatal(err)
		}
		file := exported(t, c)
		if !strings.Contains(string(file), "https://shop.example/media/"+pictures[0].Digest+".svg") {
			t.Error("the export does not say where our own picture is served")
		}
		sameAgain(t, c, db, file)
		elsewhere(t, file, product(t, db, "ridge-2-ember"), product(t, db, "cap"))
	})
}

// elsewhere imports an export into an empty shop and compares what it makes.
func elsewhere(t *testing.T, file []byte, want ...shop.Product) {
	t.Helper()
	db := databasetest.Open(t, database.SQLite)
	c := open(t, db)
	importing(t, c, file, false)
	for _, w := range want {
		got := product(t, db, w.Handle)
		diff := cmp.Diff(w, got,
			cmpopts.IgnoreFields(shop.Product{}, "ID", "CreatedAt", "UpdatedAt"),
			cmpopts.IgnoreFields(shop.Variant{}, "ID", "ProductID", "CreatedAt", "UpdatedAt", "ImageID"),
			cmpopts.IgnoreFields(shop.ProductImage{}, "ID", "ProductID", "PictureID", "Picture", "SourceURL"),
			cmpopts.IgnoreFields(shop.StockLevel{}, "VariantID"),
			cmpopts.IgnoreFields(shop.ProductOption{}, "ProductID"), cmpopts.IgnoreFields(shop.ProductTag{}, "ProductID"),
			cmpopts.IgnoreFields(shop.ProductField{}, "ProductID"), cmpopts.IgnoreFields(shop.VariantField{}, "VariantID"))
		if diff != "" {
			t.Errorf("%s in another shop (-here +there):\n%s", w.Handle, diff)
		}
	}
}

func TestAnEmptyShopExportsItsColumns(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		file := exported(t, c)
		if strings.Count(string(file), "\n") != 1 || !strings.HasPrefix(string(file), "Handle,Title,Body (HTML),Vendor,") {
			t.Errorf("the file is %s", file)
		}
		if report := importing(t, c, file, false); report.Products != (catalog.Count{}) {
			t.Errorf("the report is %+v", report)
		}
	})
}
