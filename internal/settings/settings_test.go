package settings_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/settings"
	"longrun/internal/shop"
)

func TestMain(m *testing.M) { databasetest.Main(m) }

func TestASettingIsChangedAlone(t *testing.T) {
	tests := []struct {
		name, path, value string
		change            func(s *shop.Settings)
	}{
		{"a number", "free_shipping_over", "12000", func(s *shop.Settings) { s.FreeShippingOver = 12_000 }},
		{"a text", "shop_name", "Far & Away “Läufer”", func(s *shop.Settings) { s.ShopName = "Far & Away “Läufer”" }},
		{"a switch of a zone", "zones.us-ak.on", "true", func(s *shop.Settings) { s.Zones[1].On = true }},
		{"a rate of a zone", "zones.pr.rate", "2500", func(s *shop.Settings) { s.Zones[4].Rate = 2500 }},
		{"a list of a zone", "zones.us-mil.states", "AA, AE", func(s *shop.Settings) { s.Zones[3].States = []string{"AA", "AE"} }},
		{"a list that was empty", "zones.pr.states", "PR", func(s *shop.Settings) { s.Zones[4].States = []string{"PR"} }},
		{"a text of several lines", "shop_address", "One\nTwo", func(s *shop.Settings) { s.ShopAddress = "One\nTwo" }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			db := databasetest.Open(t, database.SQLite)
			want := shop.DefaultSettings()
			tt.change(&want)
			want.Version = 2
			got, err := settings.New(db, false).Set(t.Context(), tt.path, tt.value, "staff:1")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("returned (-want +got):\n%s", diff)
			}
			stored, err := db.Settings(t.Context())
			if diff := cmp.Diff(want, stored); diff != "" || err != nil {
				t.Errorf("stored (-want +got), %v:\n%s", err, diff)
			}
		})
	}
}

func TestAWrongSettingChangesNothing(t *testing.T) {
	tests := []struct{ name, path, value, says string }{
		{"no such setting", "free_shipping", "1", "no setting"},
		{"no such zone", "zones.mars.rate", "1", "no setting"},
		{"a zone as a whole", "zones.us", "1", "no setting"},
		{"all zones", "zones", "", "no setting"},
		{"a part of a text", "shop_name.first", "x", "no setting"},
		{"a part of a zone's text", "zones.us.name.first", "x", "no setting"},
		{"no name", "", "x", "no setting"},
		{"the version", "version", "7", "no setting"},
		{"a price with a point", "free_shipping_over", "120.00", "whole number"},
		{"another script's digits", "return_days", "６０", "whole number"},
		{"a number too large", "free_shipping_over", "99999999999999999999", "whole number"},
		{"a switch in other words", "zones.us-ak.on", "yes", "true or false"},
		{"an amount below nothing", "zones.us.rate", "-1", "rate of zone"},
		{"a shop without a name", "shop_name", "  ", "name"},
		{"no zone left", "zones.us.on", "false", "at least one zone"},
		{"a code taken twice", "zones.pr.code", "us", "two zones"},
		{"an unknown time zone", "time_zone", "Mars/Olympus", "time zone"},
		{"a NUL", "shop_name", "a\x00b", "not text"},
		{"half a character", "shop_name", "a\xff", "not text"},
	}
	db := databasetest.Open(t, database.SQLite)
	service := settings.New(db, false)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := service.Set(t.Context(), tt.path, tt.value, "staff:1")
			if shop.KindOf(err) != shop.KindInvalid || !strings.Contains(shop.MessageOf(err), tt.says) {
				t.Errorf("got %v, want a sentence with %q", err, tt.says)
			}
			if s, err := db.Settings(t.Context()); err != nil || s.Version != 1 {
				t.Errorf("the settings are version %d now, %v", s.Version, err)
			}
		})
	}
}

func TestEveryChangeIsAuditedAndTold(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		service := settings.New(db, false)
		for _, value := range []string{"12000", "12000", "13000"} {
			if _, err := service.Set(t.Context(), "free_shipping_over", value, "staff:1"); err != nil {
				t.Fatal(err)
			}
		}
		head, err := db.AuditHead(t.Context())
		if err != nil || head.Count != 2 {
			t.Errorf("%d audit entries, %v, want 2: the same value again is no change", head.Count, err)
		}
		if flaws, err := db.CheckAudit(t.Context()); err != nil || len(flaws) > 0 {
			t.Errorf("the chain: %v %v", flaws, err)
		}
		changes, err := db.ChangesAfter(t.Context(), 0, shop.Instant{Time: time.Now().Add(time.Hour)})
		if err != nil || len(changes) != 2 || changes[0].Kind != shop.ChangeSettings {
			t.Errorf("changes %+v, %v", changes, err)
		}
		if old, err := db.SettingsVersion(t.Context(), 1); err != nil || old.FreeShippingOver != 10_000 {
			t.Errorf("the first version has %s, %v", old.FreeShippingOver, err)
		}
	})
}

func TestChangesAtOnceAreAllMade(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		service := settings.New(db, false)
		names := []string{"free_shipping_over", "return_days", "rate_per_minute", "zones.us.rate", "zones.pr.rate"}
		var all sync.WaitGroup
		for _, name := range names {
			all.Go(func() {
				if _, err := service.Set(t.Context(), name, "77", "staff:1"); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		all.Wait()
		s, err := service.Show(t.Context())
		if err != nil || s.Version != 6 {
			t.Fatalf("version %d, %v", s.Version, err)
		}
		for _, v := range settings.Values(s) {
			for _, name := range names {
				if v.Name == name && v.Value != "77" {
					t.Errorf("%s was lost: it is %s", name, v.Value)
				}
			}
		}
	})
}

func TestEveryValueThatIsShownCanBeSet(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	service := settings.New(db, false)
	s, err := service.Show(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	values := settings.Values(s)
	if len(values) < 40 {
		t.Errorf("only %d values", len(values))
	}
	for _, v := range values {
		if _, err := service.Set(t.Context(), v.Name, v.Value, "staff:1"); err != nil {
			t.Errorf("%s = %q: %v", v.Name, v.Value, err)
		}
	}
	if s, err := service.Show(t.Context()); err != nil || s.Version != 1 {
		t.Errorf("setting what is there made version %d, %v", s.Version, err)
	}
}

func TestTheDevelopmentClockGoesWhereItIsSet(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		service := settings.New(db, true)
		near := func(what string, want shop.Instant) {
			t.Helper()
			var got shop.Instant
			err := db.Transact(t.Context(), func(_ context.Context, tx *database.Tx) error {
				got = tx.Now()
				return nil
			})
			if d := got.Sub(want.Time); err != nil || d < -2*time.Second || d > 5*time.Second {
				t.Errorf("%s: it is %s, want %s, %v", what, got, want, err)
			}
		}
		spring := shop.At(time.Date(2027, 3, 14, 9, 59, 0, 0, time.UTC))
		if _, err := service.SetClock(t.Context(), spring); err != nil {
			t.Fatal(err)
		}
		near("set", spring)
		moved, err := service.AdvanceClock(t.Context(), 40*time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		near("advanced", spring.Add(40*time.Minute))
		near("returned", moved)
		if _, err := service.AdvanceClock(t.Context(), -time.Hour); err != nil {
			t.Fatal(err)
		}
		near("put back", spring.Add(-20*time.Minute))
		if _, err := service.AdvanceClock(t.Context(), 290*365*24*time.Hour); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("centuries ahead: %v", err)
		}
		near("after a refusal", spring.Add(-20*time.Minute))
	})
}

func TestWithoutADevelopmentClockTimeIsReal(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	_, err := settings.New(db, false).AdvanceClock(t.Context(), time.Hour)
	var e *shop.Error
	if !errors.As(err, &e) || e.Kind != shop.KindForbidden {
		t.Errorf("got %v", err)
	}
	if offset, err := db.ClockOffset(t.Context()); err != nil || offset != 0 {
		t.Errorf("the clock is off by %s, %v", offset, err)
	}
}
