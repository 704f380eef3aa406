package database_test

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

func TestBothEnginesNameTheRuleThatWasBroken(t *testing.T) {
	tests := []struct {
		name, statement string
		want            error
	}{
		{"a key taken", "INSERT INTO counters (name, value) VALUES ('order_number', 1)", gorm.ErrDuplicatedKey},
		{"a unique index taken", "INSERT INTO products SELECT * FROM products", gorm.ErrDuplicatedKey},
		{"a row that is missing", "INSERT INTO product_tags (product_id, tag) VALUES (404, 'x')", gorm.ErrForeignKeyViolated},
		{"a row that is needed elsewhere", "DELETE FROM variants", gorm.ErrForeignKeyViolated},
		{"a value that makes no sense", "UPDATE products SET status = 'lost'", gorm.ErrCheckConstraintViolated},
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		oneShoe(t, db, 1)
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
					return database.Exec(ctx, tx, tt.statement)
				})
				if !errors.Is(err, tt.want) {
					t.Errorf("%v, want %v", err, tt.want)
				}
			})
		}
	})
}

// oneShoe writes a product with one tracked variant and so many of it.
func oneShoe(t *testing.T, db *database.DB, onHand int64) (shop.ProductID, shop.VariantID) {
	t.Helper()
	products := []shop.Product{{
		Handle: "tern", Title: "Tern", Status: shop.ProductActive,
		Variants: []shop.Variant{{
			Position: 1, Option1: "9", Price: 12_900, Tracked: true, Policy: shop.PolicyDeny,
			Stock: shop.StockLevel{OnHand: onHand},
		}},
	}}
	transact(t, db, func(ctx context.Context, tx *database.Tx) error {
		return tx.InsertProducts(ctx, products, shop.StockMovement{CauseKind: "import", CauseID: "1", Step: "open", Who: shop.ByCommand})
	})
	return products[0].ID, products[0].Variants[0].ID
}

func TestTheLastPairsGoToAsManyBuyersAsThereArePairs(t *testing.T) {
	const buyers, onHand = 200, 5
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		_, variant := oneShoe(t, db, onHand)
		var got atomic.Int64
		var wg sync.WaitGroup
		for range buyers {
			wg.Go(func() {
				held := false
				err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) (err error) {
					held, err = tx.HoldStock(ctx, variant, 1, false)
					return err
				})
				if err != nil {
					t.Error(err)
				}
				if held {
					got.Add(1)
				}
			})
		}
		wg.Wait()
		levels, err := db.StockLevels(t.Context(), []shop.VariantID{variant})
		want := shop.StockLevel{VariantID: variant, Place: shop.PlaceShop, OnHand: onHand, Held: onHand}
		if err != nil || got.Load() != onHand || levels[variant] != want {
			t.Errorf("%d of %d buyers got one, %+v, %v", got.Load(), buyers, levels[variant], err)
		}
	})
}

func TestAnUpdateThatMatchesNothingSaysSo(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			n, err := database.Changing(tx, ctx, "UPDATE counters SET value = 0 WHERE name = ?", "nobody's")
			if n != 0 || err != nil {
				t.Errorf("%d rows, %v", n, err)
			}
			n, err = database.Changing(tx, ctx, "UPDATE counters SET value = 0")
			if n != 2 {
				t.Errorf("%d rows, want 2", n)
			}
			return err
		})
	})
}

func TestAnInsertWritesZeroesAndNothingThatHangsOnTheRow(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		p := shop.Product{
			Handle: "bare", Title: "Bare", Status: shop.ProductDraft, Version: 1,
			CreatedAt: moment("2026-11-22T10:00:00Z"), UpdatedAt: moment("2026-11-22T10:00:00Z"),
		}
		want := p
		p.Tags = []shop.ProductTag{{Tag: "stowaway"}}
		transact(t, db, func(ctx context.Context, tx *database.Tx) error { return database.Insert(tx, ctx, &p) })
		want.ID = p.ID
		all, err := db.ProductsByHandles(t.Context(), []string{"bare"})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, all["bare"]); diff != "" {
			t.Error(diff)
		}
	})
}

func TestASecondInsertOfAUniqueRowIsNamed(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		picture := shop.Picture{Digest: "d", MediaType: "image/jpeg", Width: 1, Height: 1}
		for i, want := range []error{nil, shop.ErrExists} {
			err := db.Transact(t.Context(), func(ctx context.Context, tx *database.Tx) error {
				p := picture
				return database.Insert(tx, ctx, &p)
			})
			if !errors.Is(err, want) {
				t.Errorf("insert %d: %v, want %v", i+1, err, want)
			}
		}
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			p := picture
			isNew, err := database.InsertOnce(tx, ctx, &p)
			if isNew || p.ID != 0 {
				t.Errorf("insertOnce takes the second for new, id %d", p.ID)
			}
			return err
		})
	})
}

// TestARowThatForgotItsTimeGetsTheShopsTime is about GORM, which would fill
// it from the process's clock.
func TestARowThatForgotItsTimeGetsTheShopsTime(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			return tx.SetClockOffset(ctx, (24 * time.Hour).Microseconds())
		})
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			p := shop.Picture{Digest: "d", MediaType: "image/jpeg", Width: 1, Height: 1}
			if err := database.Insert(tx, ctx, &p); err != nil {
				return err
			}
			var got shop.Picture
			err := database.Take(tx.Reader, ctx, &got, "gone", "SELECT * FROM pictures WHERE id = ?", p.ID)
			if !got.CreatedAt.Equal(tx.Now().Time) {
				t.Errorf("made at %s, the shop has %s", got.CreatedAt, tx.Now())
			}
			return err
		})
	})
}

func TestAnEmptyTokenFindsNothing(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		anAttempt(t, db)
		for name, find := range map[string]func(context.Context) error{
			"session":   func(ctx context.Context) error { _, err := db.AttemptBySession(ctx, ""); return err },
			"reference": func(ctx context.Context) error { _, err := db.AttemptByReference(ctx, ""); return err },
			"charge":    func(ctx context.Context) error { _, err := db.AttemptByCharge(ctx, ""); return err },
			"link":      func(ctx context.Context) error { _, err := db.OrderByLink(ctx, ""); return err },
			"handle":    func(ctx context.Context) error { _, err := db.ProductByHandle(ctx, ""); return err },
		} {
			if err := find(t.Context()); !shop.IsNotFound(err) {
				t.Errorf("an empty %s finds something: %v", name, err)
			}
		}
	})
}

// anAttempt writes an order and its attempt, of which as much as possible is
// empty.
func anAttempt(t *testing.T, db *database.DB) shop.AttemptID {
	t.Helper()
	order := shop.Order{State: shop.OrderPending, Fulfilment: shop.Unfulfilled, Currency: "usd", SettingsVersion: 1, CartID: 1, PlacedAt: moment("2026-11-22T10:00:00Z")}
	attempt := shop.PaymentAttempt{Params: "{}", Currency: "usd", ExpiresAt: order.PlacedAt}
	transact(t, db, func(ctx context.Context, tx *database.Tx) error {
		if err := database.Insert(tx, ctx, &order); err != nil {
			return err
		}
		attempt.OrderID = order.ID
		return tx.InsertAttempt(ctx, &attempt)
	})
	return attempt.ID
}

func TestAUsedStructIsFilledAnew(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		id := anAttempt(t, db)
		session, ended := "cs_test_old", moment("2026-01-01T00:00:00Z")
		used := shop.PaymentAttempt{ID: id + 7, SessionID: &session, EndedAt: &ended, ChargeID: "ch_old"}
		if err := database.Take(db.Reader, t.Context(), &used, "gone", "SELECT * FROM payment_attempts WHERE id = ?", id); err != nil {
			t.Fatalf("the old id became a condition: %v", err)
		}
		if used.ID != id || used.SessionID != nil || used.EndedAt != nil || used.ChargeID != "" {
			t.Errorf("something of before is left: %+v", used)
		}
	})
}

func TestASortThatNobodyOfferedIsNoSQL(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		oneShoe(t, db, 1)
		for _, sort := range []string{"p.id; DROP TABLE products", "(SELECT 1)", "price-ascending, p.id", ""} {
			if _, _, err := db.ProductCards(t.Context(), database.ListQuery{Sort: sort}); err != nil {
				t.Errorf("sort %q: %v", sort, err)
			}
		}
	})
}

// TestGORMsTrapsAreNotUsed reads this package's source for the calls that
// insert what should be updated, drop zeroes, or take an empty struct or a
// visitor's string for a condition.
func TestGORMsTrapsAreNotUsed(t *testing.T) {
	traps := strings.Fields(`Save Updates UpdateColumns AutoMigrate First Last Take Find FindInBatches
		FirstOrCreate FirstOrInit Where Or Not Order Group Having Select Joins Preload Pluck Delete Model`)
	paths, err := filepath.Glob("*.go")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no source: %v", err)
	}
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if method, ok := call.Fun.(*ast.SelectorExpr); ok && slices.Contains(traps, method.Sel.Name) {
				t.Errorf("%s calls %s", files.Position(call.Pos()), method.Sel.Name)
			}
			return true
		})
	}
}
