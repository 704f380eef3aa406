package web_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/cart"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// eachShelf runs a test on both databases with a cached page.
func eachShelf(t *testing.T, test func(s *server, p *shelf)) {
	t.Helper()
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		t.Parallel() // most of a test is waiting
		p := &shelf{}
		s := newServer(t, db, nil, func(k *web.Kit, e *echo.Echo) { p.routes(k, e, db) })
		s.watch()
		time.Sleep(50 * time.Millisecond) // the first look
		test(s, p)
	})
}

// eventually asks until the page has the text. A page may be a second old; the
// rest is for a busy machine.
func (s *server) eventually(target, text string) {
	s.t.Helper()
	end := time.Now().Add(2 * time.Second)
	for !strings.Contains(s.get(target).Body.String(), text) {
		if time.Now().After(end) {
			s.t.Fatalf("%s does not say %q in time", target, text)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func TestAPageIsMadeOnceAndAgainWhenWhatItShowsChanges(t *testing.T) {
	eachShelf(t, func(s *server, p *shelf) {
		tern, other := s.sell("tern", "Tern"), s.sell("other", "Other")
		time.Sleep(600 * time.Millisecond) // the change rows of the import
		s.get("/shelf/other")
		for range 5 {
			if body := s.get("/shelf/tern").Body.String(); !strings.Contains(body, "5 free") {
				s.t.Fatal("no count in the page")
			}
		}
		if n := p.made.Load(); n != 2 {
			s.t.Errorf("two pages were made %d times", n)
		}
		s.hold(tern)
		s.eventually("/shelf/tern", "4 free")
		made := p.made.Load()
		s.get("/shelf/other")
		if p.made.Load() != made {
			s.t.Error("a page that does not show the product was made again")
		}
		s.hold(other)
		s.eventually("/shelf/other", "4 free")
	})
}

func TestAChangeWhileAPageIsMadeIsNotLost(t *testing.T) {
	eachShelf(t, func(s *server, p *shelf) {
		tern := s.sell("tern", "Tern")
		time.Sleep(600 * time.Millisecond)
		p.during = func() {
			p.during = nil
			s.hold(tern)
			time.Sleep(700 * time.Millisecond) // the change is noticed before the page is stored
		}
		if body := s.get("/shelf/tern").Body.String(); !strings.Contains(body, "5 free") {
			s.t.Fatal("the page should have read the old count")
		}
		s.eventually("/shelf/tern", "4 free")
	})
}

func TestChangesThatReachEveryPage(t *testing.T) {
	eachShelf(t, func(s *server, p *shelf) {
		s.sell("tern", "Tern")
		time.Sleep(600 * time.Millisecond)
		s.get("/shelf/tern")
		s.transact(func(ctx context.Context, tx *database.Tx) error {
			settings, err := tx.Settings(ctx)
			if err != nil {
				return err
			}
			settings.FreeShippingOver = 5_000
			if _, err := tx.AddSettings(ctx, settings, "command"); err != nil {
				return err
			}
			return tx.Changed(ctx, shop.ChangeSettings, "")
		})
		s.eventually("/shelf/tern", "Free Shipping for orders over $50 /// Free Returns for all orders.")
		made := p.made.Load()
		s.transact(func(ctx context.Context, tx *database.Tx) error {
			return tx.SetClockOffset(ctx, (24 * time.Hour).Microseconds())
		})
		end := time.Now().Add(2 * time.Second)
		for p.made.Load() == made {
			if time.Now().After(end) {
				s.t.Fatal("a moved clock drops no page")
			}
			s.get("/shelf/tern")
			time.Sleep(50 * time.Millisecond)
		}
	})
}

func TestAPageEndsWhenSomethingItShowsBegins(t *testing.T) {
	eachShelf(t, func(s *server, p *shelf) {
		s.sell("tern", "Tern")
		time.Sleep(600 * time.Millisecond)
		now, err := s.db.Now(s.t.Context())
		if err != nil {
			s.t.Fatal(err)
		}
		soon := now.Add(300 * time.Millisecond)
		p.until = &soon
		s.get("/shelf/tern")
		s.get("/shelf/tern")
		if n := p.made.Load(); n != 1 {
			s.t.Errorf("made %d times before the moment", n)
		}
		time.Sleep(350 * time.Millisecond)
		s.get("/shelf/tern")
		if n := p.made.Load(); n != 2 {
			s.t.Errorf("made %d times after the moment", n)
		}
	})
}

func TestNothingIsKeptWhileNobodyWatches(t *testing.T) {
	p := &shelf{}
	s := onSQLite(t, nil, nil)
	s = newServer(t, s.db, nil, func(k *web.Kit, e *echo.Echo) { p.routes(k, e, s.db) })
	s.sell("tern", "Tern")
	s.get("/shelf/tern")
	s.get("/shelf/tern")
	if n := p.made.Load(); n != 2 {
		t.Errorf("made %d times for two requests", n)
	}
}

func TestVisitorsWithoutABagGetTheSameBytes(t *testing.T) {
	eachShelf(t, func(s *server, p *shelf) {
		s.sell("tern", "Tern")
		time.Sleep(600 * time.Millisecond)
		first := s.get("/shelf/tern")
		h := first.Header()
		if h.Get("Cache-Control") != "no-cache" || h.Get("Set-Cookie") != "" || h.Get("Etag") == "" {
			s.t.Errorf("headers are %v", h)
		}
		if vary := strings.Join(h.Values("Vary"), ", "); !strings.Contains(vary, "Accept-Encoding") || !strings.Contains(vary, "Cookie") {
			s.t.Errorf("Vary is %q", vary)
		}
		if body := first.Body.String(); strings.Contains(body, "<!--bag") || strings.Contains(body, "Bag (") {
			s.t.Error("the mark is left in the page")
		}
		for _, encoding := range []string{"br", "gzip"} {
			w := s.get("/shelf/tern", "Accept-Encoding", encoding)
			if w.Header().Get("Content-Encoding") != encoding || unpacked(s.t, encoding, w.Body.Bytes()) != first.Body.String() {
				s.t.Errorf("%s: %v", encoding, w.Header())
			}
			tag := w.Header().Get("Etag")
			for _, known := range []string{tag, "W/" + tag, `"x", ` + tag} {
				if again := s.get("/shelf/tern", "Accept-Encoding", encoding, "If-None-Match", known); again.Code != 304 || again.Body.Len() != 0 {
					s.t.Errorf("%s: asked again with %s is %d", encoding, known, again.Code)
				}
			}
		}
		if again := s.get("/shelf/tern", "If-None-Match", `"0000000000000000"`); again.Code != 200 {
			s.t.Errorf("another tag gives %d", again.Code)
		}
	})
}

func TestTheNumberInTheBagIsPutIntoTheStoredPage(t *testing.T) {
	eachShelf(t, func(s *server, p *shelf) {
		tern := s.sell("tern", "Tern")
		added, err := cart.New(s.db).Add(s.t.Context(), "", []cart.Item{{Variant: tern.Variants[0].ID, Quantity: 3}})
		if err != nil {
			s.t.Fatal(err)
		}
		time.Sleep(600 * time.Millisecond)
		plain := s.get("/shelf/tern")
		mine := s.get("/shelf/tern", "Cookie", "__Host-bag="+added.Token, "If-None-Match", plain.Header().Get("Etag"), "Accept-Encoding", "br, gzip")
		if mine.Code != 200 || mine.Header().Get("Cache-Control") != "private, no-store" || mine.Header().Get("Etag") != "" {
			s.t.Fatalf("%d %v", mine.Code, mine.Header())
		}
		body := unpacked(s.t, "gzip", mine.Body.Bytes())
		if !strings.Contains(body, "Bag (3)") || strings.Replace(body, "(3)", "", 1) != plain.Body.String() {
			s.t.Error("the page differs in more than the number")
		}
		if n := p.made.Load(); n != 1 {
			s.t.Errorf("made %d times", n)
		}
		other := s.get("/shelf/tern", "Cookie", "__Host-bag=AAAAAAAAAAAAAAAAAAAAAAAAAA")
		if strings.Contains(other.Body.String(), "Bag (") {
			s.t.Error("an unknown cookie shows a number")
		}
	})
}

func TestTheCacheCannotBeFlooded(t *testing.T) {
	eachShelf(t, func(s *server, p *shelf) {
		s.sell("tern", "Tern")
		time.Sleep(600 * time.Millisecond)
		s.get("/shelf/tern?sort=title")
		for i := range 50 {
			s.get(fmt.Sprintf("/shelf/tern?sort=title&utm_source=%d&utm_source=x", i))
			s.get(fmt.Sprintf("/shelf/tern?x=%d&sort=title&sort=%d", i, i))
			s.get("/shelf/t%65rn?sort=title")
		}
		if n := p.made.Load(); n != 1 {
			s.t.Errorf("unknown parameters made the page %d times", n)
		}
		long := "/shelf/tern?sort=" + strings.Repeat("a", 41)
		p.made.Store(0)
		s.get(long)
		s.get(long)
		if n := p.made.Load(); n != 2 {
			s.t.Errorf("a value longer than any is kept: made %d times", n)
		}
		p.made.Store(0)
		p.once = true
		s.get("/shelf/tern?sort=unknown")
		s.get("/shelf/tern?sort=unknown")
		if n := p.made.Load(); n != 2 {
			s.t.Errorf("a page that is none of its forms is kept: made %d times", n)
		}
		if w := s.get("/shelf/unknown"); w.Code != 404 {
			s.t.Errorf("an unknown page is %d", w.Code)
		}
	})
}

func TestARushMakesAPageOnce(t *testing.T) {
	eachShelf(t, func(s *server, p *shelf) {
		s.sell("tern", "Tern")
		time.Sleep(600 * time.Millisecond)
		p.during = func() { time.Sleep(100 * time.Millisecond) }
		var all sync.WaitGroup
		for range 40 {
			all.Go(func() {
				if w := s.get("/shelf/tern"); w.Code != 200 {
					s.t.Errorf("status %d", w.Code)
				}
			})
		}
		all.Wait()
		if n := p.made.Load(); n != 1 {
			s.t.Errorf("made %d times", n)
		}
	})
}
