package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

func failing(err error) func(*web.Kit, *echo.Echo) {
	return func(k *web.Kit, e *echo.Echo) {
		fail := func(echo.Context) error { return err }
		web.Get(e, "/page", fail)
		e.POST("/cart/add", fail)
		e.POST("/cart/add.js", fail)
	}
}

func TestEachKindOfErrorHasItsStatus(t *testing.T) {
	tests := []struct {
		name   string
		err    error
		status int
		shown  string
	}{
		{"an invalid request says why", shop.Invalid("Choose a size."), 422, "Choose a size."},
		{"a wrapped error keeps its kind", fmt.Errorf("adding: %w", shop.Invalid("Choose a size.")), 422, "Choose a size."},
		{"what cannot be read", shop.Errorf(shop.KindMalformed, "The form could not be read."), 400, "The form could not be read."},
		{"what is not there", shop.NotFound("There is no such shoe."), 404, "There is no such shoe."},
		{"a conflict", shop.Conflict("Somebody was faster."), 409, "Somebody was faster."},
		{"what is not allowed", shop.Errorf(shop.KindForbidden, "Staff only."), 403, "Staff only."},
		{"too large", shop.Errorf(shop.KindTooLarge, "Too large."), 413, "Too large."},
		{"too often", shop.Errorf(shop.KindTooMany, "Wait."), 429, "Wait."},
		{"cannot be done now", shop.Unavailable(errors.New("secret"), "Try again."), 503, "Try again."},
		{"a commit of which nobody knows", fmt.Errorf("placing: %w", shop.ErrUnknown), 503, "try again"},
		{"out of time", fmt.Errorf("reading: %w", context.DeadlineExceeded), 503, "try again"},
		{"anything else", errors.New("secret"), 500, "our mistake"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := onSQLite(t, nil, failing(tt.err))
			page := s.get("/page", "Accept", "text/html")
			if page.Code != tt.status || !strings.Contains(page.Body.String(), tt.shown) {
				t.Errorf("the page is %d without %q", page.Code, tt.shown)
			}
			data := s.post("/cart/add.js", form, "")
			var answer struct {
				Status               int
				Message, Description string
			}
			if err := json.Unmarshal(data.Body.Bytes(), &answer); err != nil || data.Code != tt.status || answer.Status != tt.status {
				t.Errorf("the JSON is %d %s: %v", data.Code, data.Body, err)
			}
			if !strings.Contains(answer.Description, tt.shown) || tt.status == 422 && answer.Message != "Cart Error" {
				t.Errorf("the JSON says %+v", answer)
			}
			if all := page.Body.String() + data.Body.String(); strings.Contains(all, "secret") {
				t.Error("what is for the log was shown")
			}
			if got := page.Header().Get("Cache-Control"); got != "private, no-store" {
				t.Errorf("an error may be kept: %q", got)
			}
			if retry := page.Header().Get("Retry-After"); (retry != "") != (tt.status == 503 || tt.status == 429) {
				t.Errorf("Retry-After is %q", retry)
			}
		})
	}
}

func TestAFailureIsLoggedOnceWithTheReferenceShown(t *testing.T) {
	for name, err := range map[string]error{"error": errors.New("the disk is gone"), "panic": nil} {
		t.Run(name, func(t *testing.T) {
			s := onSQLite(t, nil, func(k *web.Kit, e *echo.Echo) {
				e.GET("/page", func(echo.Context) error {
					if err == nil {
						panic("the disk is gone")
					}
					return err
				})
			})
			page := s.get("/page?email=ada@shop.example", "Cookie", "__Host-bag=secretsecretsecret", "Referer", "https://x.example/token")
			reference := regexp.MustCompile(`<code>([a-z2-7]{10})</code>`).FindStringSubmatch(page.Body.String())
			if page.Code != 500 || reference == nil {
				t.Fatalf("status %d, no reference in %s", page.Code, page.Body)
			}
			log := s.log.String()
			if strings.Count(log, "level=ERROR") != 1 || !strings.Contains(log, reference[1]) || !strings.Contains(log, "the disk is gone") {
				t.Errorf("the log has %s", log)
			}
			for _, private := range []string{"ada@shop", "secretsecret", "x.example"} {
				if strings.Contains(log, private) {
					t.Errorf("the log has %q", private)
				}
			}
		})
	}
}

func TestTheLogNamesRoutesAndNotTokens(t *testing.T) {
	s := onSQLite(t, nil, func(k *web.Kit, e *echo.Echo) {
		e.GET("/orders/:token", func(c echo.Context) error { return c.NoContent(204) })
	})
	s.get("/orders/abcdefsecret?session_id=cs_test_1")
	log := s.log.String()
	if !strings.Contains(log, "route=/orders/:token") || strings.Contains(log, "secret") || strings.Contains(log, "cs_test") {
		t.Errorf("the log has %s", log)
	}
}

func TestErrorPagesDoWithoutADatabase(t *testing.T) {
	s := onSQLite(t, nil, failing(errors.New("gone")))
	_ = s.db.Close()
	if page := s.get("/page"); page.Code != 500 || !strings.Contains(page.Body.String(), "our mistake") {
		t.Errorf("status %d: %s", page.Code, page.Body)
	}
	if ready := s.get("/readyz"); ready.Code < 500 {
		t.Errorf("ready without a database: %d", ready.Code)
	}
	if alive := s.get("/healthz"); alive.Code != 200 {
		t.Errorf("not alive: %d", alive.Code)
	}
}
