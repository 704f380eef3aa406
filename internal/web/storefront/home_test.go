package storefront_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
)

func TestTheFrontPageShowsWhatIsNewAndWhatCostsLess(t *testing.T) {
	eachBuyer(t, func(t *testing.T, b *buyer) {
		plain := variant(1, "9", "D", 3)
		plain.CompareAt = nil
		older := b.shelve(shoe("older", "Older Shoe", variant(1, "9", "D", 3)))
		b.AdvanceOurs(time.Minute)
		newest := shoe("newest", "Newest Shoe", plain)
		newest.Family, newest.Colour = "newest", "Fog"
		b.shelve(newest)
		later := b.Now().Add(time.Hour)
		hidden := shoe("hidden", "Hidden Shoe", variant(1, "9", "D", 3))
		hidden.PublishAt = &later
		b.shelve(hidden)
		b.Tx(func(ctx context.Context, tx *database.Tx) error {
			c := shop.Collection{Handle: "road", Title: "Road", Description: "<p>For pavement.</p>", SortOrder: shop.SortManual, Position: 1, Published: true}
			if err := tx.InsertCollection(ctx, &c); err != nil {
				return err
			}
			return tx.SetCollectionProducts(ctx, c.ID, []shop.ProductID{older.ID})
		})
		body := b.see("/")
		lead, _, _ := strings.Cut(body, "New in")
		_, sale, _ := strings.Cut(body, `id="sale"`)
		for name, so := range map[string]bool{
			"the newest leads":          strings.Contains(lead, "Newest Shoe"),
			"the older costs less":      strings.Contains(sale, "Older Shoe") && strings.Contains(sale, "$160.00"),
			"the newest does not":       !strings.Contains(sale, "Newest Shoe"),
			"the collection is there":   strings.Contains(body, `href="/collections/road"`),
			"what is hidden is not":     !strings.Contains(body, "Hidden"),
			"the list has the category": strings.Contains(b.see("/collections"), "For pavement."),
		} {
			if !so {
				t.Errorf("not so: %s", name)
			}
		}
		if a := b.get("/collections/all?sort_by=price-descending"); a.StatusCode != 200 {
			t.Errorf("the list is %d", a.StatusCode)
		}
		if a := b.get("/products/newest"); a.StatusCode != 200 {
			t.Errorf("the product is %d", a.StatusCode)
		}
	})
}
