package cart_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/cart"
	"longrun/internal/database"
	"longrun/internal/shop"
)

// account makes one with a session whose bag has a token.
func (w *world) account(bagToken string) shop.Account {
	w.t.Helper()
	var a shop.Account
	w.tx(func(ctx context.Context, tx *database.Tx) (err error) {
		if a, err = tx.LockAccountByEmail(ctx, "ada@runner.example"); err != nil {
			return err
		}
		return tx.AddAccountSession(ctx, &shop.AccountSession{AccountID: a.ID}, "s"+bagToken, bagToken)
	})
	return a
}

// join joins the world's bag into the account's and says whether it was said.
func (w *world) join(a *shop.Account) bool {
	w.t.Helper()
	said := false
	w.tx(func(ctx context.Context, tx *database.Tx) error {
		id, says, err := cart.Join(ctx, tx, a.CartID, w.token)
		if err != nil {
			return err
		}
		said, a.CartID = says, &id
		return tx.SetAccountCart(ctx, a.ID, id)
	})
	return said
}

// in is the world as a browser with another bag's token sees it.
func (w *world) in(token string) *world { return &world{t: w.t, db: w.db, cart: w.cart, token: token} }

func TestAGuestsBagBecomesTheAccountsAndNoLongerTheTokens(t *testing.T) {
	each(t, func(w *world) {
		tern := w.sell(shoe("Tern", 5))
		w.mustAdd(tern, 2)
		a := w.account("ada-browser-bag-token")
		if w.join(&a) {
			w.t.Error("something was said of one bag")
		}
		own := w.in("ada-browser-bag-token")
		if diff := cmp.Diff(map[string]int{"Tern in 9 / D": 2}, own.lines()); diff != "" {
			w.t.Error(diff)
		}
		if len(w.lines()) != 0 {
			w.t.Error("the guest's token still opens the bag")
		}
		own.mustAdd(tern, 1) // under the session's token the bag stays the account's
		if own.token != "ada-browser-bag-token" || own.lines()["Tern in 9 / D"] != 3 {
			w.t.Errorf("the token is %s, the bag %v", own.token, own.lines())
		}
	})
}

func TestTwoBagsBecomeOneAndWhatDoesNotFitIsSaid(t *testing.T) {
	each(t, func(w *world) {
		tern, sock := w.sell(shoe("Tern", 5)), w.sell(shoe("Sock", 9))
		limited := shoe("Cap", 9)
		limited.OrderLimit = 2
		cap := w.sell(limited)
		a := w.account("bag-token-of-session")
		w.join(&a)
		own := w.in("bag-token-of-session")
		own.mustAdd(tern, 3)
		own.mustAdd(cap, 2)
		w.token = ""
		w.mustAdd(tern, 4)
		w.mustAdd(sock, 1)
		w.mustAdd(cap, 1)
		note := "Ring twice"
		if _, err := w.cart.Update(w.t.Context(), w.token, cart.Update{Note: &note, Attributes: map[string]string{"Club": "Harriers"}}); err != nil {
			w.t.Fatal(err)
		}
		if !w.join(&a) {
			w.t.Fatal("nothing was said")
		}
		if diff := cmp.Diff(map[string]int{"Tern in 9 / D": 5, "Sock in 9 / D": 1, "Cap in 9 / D": 2}, own.lines()); diff != "" {
			w.t.Error(diff)
		}
		bag := own.view()
		said := strings.Join(bag.Changes, " ")
		if !strings.Contains(said, "Only 5 of Tern in 9 / D can be had now") || !strings.Contains(said, "At most 2 of Cap") || strings.Contains(said, "Sock") {
			w.t.Errorf("the bag says %q", said)
		}
		if bag.Cart.Note != note || len(bag.Cart.Attributes) != 1 {
			w.t.Errorf("the remarks are %q and %v", bag.Cart.Note, bag.Cart.Attributes)
		}
		own.mustAdd(sock, 1)
		if left := own.view().Changes; len(left) != 0 {
			w.t.Errorf("after a change the bag still says %q", left)
		}
	})
}

func TestWhatIsSoldOutComesAlongAndIsMarked(t *testing.T) {
	each(t, func(w *world) {
		tern, sock := w.sell(shoe("Tern", 5)), w.sell(shoe("Sock", 9))
		a := w.account("bag-token-of-session")
		w.join(&a)
		own := w.in("bag-token-of-session")
		own.mustAdd(sock, 1)
		w.token = ""
		w.mustAdd(tern, 1)
		w.edit(tern, func(p *shop.Product) { p.Variants[0].Stock.OnHand = 0 })
		w.join(&a)
		bag := own.view()
		if len(bag.Lines) != 2 || bag.Lines[0].Problem == "" || bag.Lines[0].Product.Title != "Tern" {
			w.t.Errorf("the bag is %+v", bag.Lines)
		}
	})
}

func TestTwoNotesAreNotLostWithoutAWord(t *testing.T) {
	each(t, func(w *world) {
		tern := w.sell(shoe("Tern", 5))
		a := w.account("bag-token-of-session")
		w.join(&a)
		own := w.in("bag-token-of-session")
		first, second := "Ring twice", "Leave it\nwith Ben"
		w.token = ""
		for who, note := range map[*world]*string{own: &first, w: &second} {
			who.mustAdd(tern, 1)
			if _, err := w.cart.Update(w.t.Context(), who.token, cart.Update{Note: note}); err != nil {
				w.t.Fatal(err)
			}
		}
		w.join(&a)
		bag := own.view()
		if said := strings.Join(bag.Changes, " "); bag.Cart.Note != first || !strings.Contains(said, "the other was “Leave it with Ben”") {
			w.t.Errorf("the note is %q, and it says %q", bag.Cart.Note, said)
		}
	})
}

func TestAnAccountsBagIsNotPurgedWhileSomebodyIsSignedIn(t *testing.T) {
	each(t, func(w *world) {
		tern := w.sell(shoe("Tern", 5))
		w.mustAdd(tern, 1)
		a := w.account("bag-token-of-session")
		w.join(&a)
		guest := w.in("")
		guest.mustAdd(tern, 1)
		now, err := w.db.Now(w.t.Context())
		if err != nil {
			w.t.Fatal(err)
		}
		later := now.Add(time.Hour)
		if n := w.purged(later); n != 1 {
			w.t.Errorf("%d bags are gone", n)
		}
		if len(w.in("bag-token-of-session").lines()) != 1 {
			w.t.Error("the account's bag is gone")
		}
		w.tx(func(ctx context.Context, tx *database.Tx) error { return tx.EndAccountSessions(ctx, a.ID, 0) })
		if len(w.in("bag-token-of-session").lines()) != 0 {
			w.t.Error("a bag is open without a session")
		}
		if n := w.purged(later); n != 1 {
			w.t.Errorf("%d bags are gone once nobody is signed in", n)
		}
	})
}

// The order of a bag whose checkout has begun holds its stock for that bag: so
// it is the one that stays, and its lines lose nothing to themselves.
func TestABagThatIsBeingPaidForIsTheOneThatStays(t *testing.T) {
	each(t, func(w *world) {
		tern, sock := w.sell(shoe("Tern", 3)), w.sell(shoe("Sock", 9))
		a := w.account("bag-token-of-session")
		w.join(&a)
		own := w.in("bag-token-of-session")
		own.mustAdd(sock, 1)
		w.token = ""
		w.mustAdd(tern, 3)
		w.placed(w.token, tern, 3)
		before := *a.CartID
		if w.join(&a) {
			w.t.Errorf("it was said %q", own.view().Changes)
		}
		if *a.CartID == before || !own.view().Pending {
			w.t.Error("the checkout that has begun is lost")
		}
		if diff := cmp.Diff(map[string]int{"Tern in 9 / D": 3, "Sock in 9 / D": 1}, own.lines()); diff != "" {
			w.t.Error(diff)
		}
		w.token = "" // and a third, where the account's is the one that waits
		w.mustAdd(sock, 2)
		before = *a.CartID
		w.join(&a)
		if *a.CartID != before || own.lines()["Sock in 9 / D"] != 3 {
			w.t.Errorf("the bag has %v", own.lines())
		}
	})
}

func TestABagOfAnotherAccountIsLeftAlone(t *testing.T) {
	each(t, func(w *world) {
		tern := w.sell(shoe("Tern", 5))
		a := w.account("bag-token-of-ada-here")
		w.join(&a)
		ada := w.in("bag-token-of-ada-here")
		ada.mustAdd(tern, 1)
		var eve shop.Account
		w.tx(func(ctx context.Context, tx *database.Tx) (err error) {
			eve, err = tx.LockAccountByEmail(ctx, "eve@runner.example")
			return err
		})
		ada.join(&eve) // in Ada's browser
		if len(ada.lines()) != 1 || *eve.CartID == *a.CartID {
			w.t.Error("the bag of one account went to another")
		}
	})
}
