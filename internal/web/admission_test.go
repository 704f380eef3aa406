package web_test

import (
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/web"
)

// crowd is a server whose one page stays busy until it is let go.
type crowd struct {
	*server
	inside chan bool
	letGo  chan bool
}

func newCrowd(t *testing.T, o web.Admission) *crowd {
	c := &crowd{inside: make(chan bool, 300), letGo: make(chan bool)}
	busy := func(ctx echo.Context) error {
		c.inside <- true
		<-c.letGo
		return ctx.NoContent(204)
	}
	c.server = onSQLite(t, func(options *web.Options) { options.Admission = o }, func(k *web.Kit, e *echo.Echo) {
		web.Get(e, "/page", busy)
		e.POST("/cart/add", busy)
		e.POST("/cart/add.js", busy)
		e.POST("/webhooks/stripe", func(ctx echo.Context) error { return ctx.NoContent(204) })
	})
	return c
}

func (c *crowd) come(n int) chan *httptest.ResponseRecorder {
	answers := make(chan *httptest.ResponseRecorder, n)
	for range n {
		go func() { answers <- c.get("/page") }()
	}
	return answers
}

func TestWhoFindsTheShopFullWaitsForAPlace(t *testing.T) {
	c := newCrowd(t, web.Admission{Slots: 2, Waiting: 3, Wait: 5 * time.Second})
	answers := c.come(5)
	<-c.inside
	<-c.inside
	select {
	case <-c.inside:
		t.Fatal("a third is inside")
	case <-time.After(100 * time.Millisecond):
	}
	close(c.letGo)
	for range 5 {
		if w := <-answers; w.Code != 204 {
			t.Errorf("one who waited got %d", w.Code)
		}
	}
}

func TestWhoWaitsTooLongOrFindsTheQueueFullIsTold(t *testing.T) {
	c := newCrowd(t, web.Admission{Slots: 1, Waiting: 1, Wait: 300 * time.Millisecond})
	first := c.come(1)
	<-c.inside
	waiting := c.come(1)
	time.Sleep(50 * time.Millisecond)

	start := time.Now()
	full := c.get("/page")
	if took := time.Since(start); took > 100*time.Millisecond {
		t.Errorf("with a full queue the answer took %v", took)
	}
	for name, w := range map[string]*httptest.ResponseRecorder{"the queue is full": full, "waited too long": <-waiting} {
		seconds, err := strconv.Atoi(w.Header().Get("Retry-After"))
		if w.Code != 503 || err != nil || seconds < 2 || seconds > 10 {
			t.Errorf("%s: %d, Retry-After %q", name, w.Code, w.Header().Get("Retry-After"))
		}
		if w.Header().Get("Cache-Control") != "private, no-store" || w.Body.Len() >= 2000 || !strings.Contains(w.Body.String(), `http-equiv="refresh"`) {
			t.Errorf("%s: %v %s", name, w.Header(), w.Body)
		}
	}
	if w := c.post("/cart/add", form, ""); w.Code != 503 || strings.Contains(w.Body.String(), "refresh") {
		t.Errorf("a form is %d, or would be sent again by itself", w.Code)
	}
	if w := c.post("/cart/add.js", form, ""); w.Code != 503 || !strings.Contains(w.Body.String(), `"status":503`) {
		t.Errorf("a program gets %d %s", w.Code, w.Body)
	}
	for _, path := range []string{"/healthz", "/readyz", c.kit.Asset("css/shop.css")} {
		if w := c.get(path); w.Code != 200 {
			t.Errorf("%s is %d in a full shop", path, w.Code)
		}
	}
	if w := c.post("/webhooks/stripe", "", ""); w.Code != 204 {
		t.Errorf("a webhook is %d in a full shop", w.Code)
	}
	if log := c.log.String(); strings.Contains(log, "level=ERROR") || strings.Contains(log, "level=WARN") {
		t.Error("turning someone away is logged as a fault")
	}
	close(c.letGo)
	if w := <-first; w.Code != 204 {
		t.Errorf("the first got %d", w.Code)
	}
}

func TestAPlaceIsGivenBackAfterAPanic(t *testing.T) {
	s := onSQLite(t, func(o *web.Options) { o.Admission = web.Admission{Slots: 1, Waiting: 1, Wait: time.Millisecond} },
		func(k *web.Kit, e *echo.Echo) {
			e.GET("/panic", func(echo.Context) error { panic("oh") })
		})
	for range 3 {
		if w := s.get("/panic"); w.Code != 500 {
			t.Errorf("status %d", w.Code)
		}
	}
}

func TestACrowdOf264IsLetInOrWaits(t *testing.T) {
	c := newCrowd(t, web.Admission{Wait: time.Minute})
	answers := c.come(265)
	if w := <-answers; w.Code != 503 { // the only one that is answered before anybody is let go
		t.Errorf("one too many is %d", w.Code)
	}
	close(c.letGo)
	for range 264 {
		if w := <-answers; w.Code != 204 {
			t.Errorf("one of 264 got %d", w.Code)
		}
	}
}
