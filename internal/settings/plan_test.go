package settings_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/settings"
	"longrun/internal/shop"
)

func show(t *testing.T, db *database.DB) shop.Settings {
	t.Helper()
	s, err := db.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPlanAndSaveAgree(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		service := settings.New(db, false)
		wanted := show(t, db)
		wanted.FreeShippingOver, wanted.ShopHours = 12_000, "9 to 5"
		change, err := service.Plan(t.Context(), wanted.Version, wanted)
		if err != nil || len(change.Differences) != 2 || len(change.Doubts) != 0 || len(change.Consequences) == 0 {
			t.Fatalf("%+v, %v", change, err)
		}
		if now := show(t, db); now.Version != 1 {
			t.Fatalf("a plan has made version %d", now.Version)
		}
		for range 2 { // the second time nothing is left to change
			saved, err := service.Save(t.Context(), settings.Wish{Who: "staff:1", Version: 1, Settings: wanted})
			if err != nil || saved.Version != 2 || saved.FreeShippingOver != 12_000 {
				t.Fatalf("saved version %d, %v", saved.Version, err)
			}
		}
		lines, err := db.Audit(t.Context(), database.AuditSearch{ThingKind: "settings", Limit: 9})
		want := `{"before":{"free_shipping_over":"$100.00","shop_hours":"Tuesday to Saturday, 10 to 6"},"after":{"free_shipping_over":"$120.00","shop_hours":"9 to 5"}}`
		if err != nil || len(lines) != 1 || *lines[0].Details != want || lines[0].ThingID != "2" {
			t.Errorf("audit %+v, %v", lines, err)
		}
		changes, err := db.ChangesAfter(t.Context(), 0, shop.Instant{})
		if err != nil || len(changes) == 0 || changes[len(changes)-1].Kind != shop.ChangeSettings {
			t.Errorf("pages are not told: %+v, %v", changes, err)
		}
		versions, err := db.SettingsVersions(t.Context(), 2, 5)
		if err != nil || len(versions) != 1 || versions[0].Version != 1 || versions[0].At.IsZero() {
			t.Errorf("before version 2: %+v, %v", versions, err)
		}
	})
}

func TestOfManyWhoSaveAtOnceOneIsFirst(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		service := settings.New(db, false)
		base := show(t, db)
		var all sync.WaitGroup
		kinds := make([]error, 8)
		for i := range kinds {
			all.Go(func() {
				wanted := base
				wanted.ReturnDays = 100 + i
				_, kinds[i] = service.Save(t.Context(), settings.Wish{Who: fmt.Sprintf("staff:%d", i), Version: base.Version, Settings: wanted})
			})
		}
		all.Wait()
		saved := 0
		for _, err := range kinds {
			switch {
			case err == nil:
				saved++
			case shop.KindOf(err) != shop.KindConflict:
				t.Errorf("%v", err)
			}
		}
		if now := show(t, db); saved != 1 || now.Version != 2 {
			t.Errorf("%d were saved, version %d", saved, now.Version)
		}
	})
}

func TestWhoIsNotSureSavesNothing(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	service := settings.New(db, false)
	tests := []struct {
		name   string
		change func(*shop.Settings)
		says   string
	}{
		{"a dear rate", func(s *shop.Settings) { s.Zones[0].Rate = 100_000 }, "would cost $1,000.00"},
		{"a rate of nothing", func(s *shop.Settings) { s.Zones[0].Rate = 0 }, "would cost nothing"},
		{"a zone that goes on with a dear rate", func(s *shop.Settings) { s.Zones[4].Rate, s.Zones[4].On = 200_000, true }, "$2,000.00"},
		{"everything free", func(s *shop.Settings) { s.FreeShippingOver = 0 }, "Every order"},
		{"nothing free", func(s *shop.Settings) { s.FreeShippingOver = shop.MaxCents }, "Hardly any"},
		{"a day to return", func(s *shop.Settings) { s.ReturnDays = 1 }, "1 day only"},
		{"years to return", func(s *shop.Settings) { s.ReturnDays = 800 }, "800 days"},
		{"few writes", func(s *shop.Settings) { s.RatePerMinute = 1 }, "turned away"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			wanted := shop.DefaultSettings()
			tt.change(&wanted)
			change, err := service.Plan(t.Context(), 1, wanted)
			if err != nil || !strings.Contains(strings.Join(change.Doubts, " "), tt.says) {
				t.Errorf("doubts %q, %v", change.Doubts, err)
			}
			if _, err := service.Save(t.Context(), settings.Wish{Who: "staff:1", Version: 1, Settings: wanted}); shop.KindOf(err) != shop.KindInvalid {
				t.Errorf("saved: %v", err)
			}
			if now := show(t, db); now.Version != 1 {
				t.Errorf("version %d", now.Version)
			}
		})
	}
}

func TestACheaperRateOfAZoneThatIsOffIsNoDoubt(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	wanted := shop.DefaultSettings()
	wanted.Zones[4].Rate = 0
	change, err := settings.New(db, false).Plan(t.Context(), 1, wanted)
	if err != nil || len(change.Doubts) > 0 || len(change.Differences) != 1 {
		t.Errorf("%+v, %v", change, err)
	}
}

func TestWhatOthersDidIsTold(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		service := settings.New(db, false)
		mine := show(t, db)
		if _, err := service.Set(t.Context(), "return_days", "90", "staff:2"); err != nil {
			t.Fatal(err)
		}
		mine.ShopName = "Mine"
		change, err := service.Plan(t.Context(), 1, mine)
		if shop.KindOf(err) != shop.KindConflict || len(change.Theirs) != 1 || change.Wanted.ReturnDays != 90 || change.Wanted.ShopName != "Mine" || change.Wanted.Version != 2 {
			t.Fatalf("%+v, %v", change, err)
		}
		if _, err := service.Save(t.Context(), settings.Wish{Who: "staff:1", Version: change.Wanted.Version, Settings: change.Wanted}); err != nil {
			t.Error(err)
		}
		if _, err := service.Plan(t.Context(), 99, mine); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("a version to come: %v", err)
		}
		mine.ShopName = ""
		if _, err := service.Plan(t.Context(), 1, mine); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("a shop without a name: %v", err)
		}
	})
}
