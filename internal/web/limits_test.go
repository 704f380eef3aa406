package web_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/web"
)

func reading(k *web.Kit, e *echo.Echo) {
	web.Get(e, "/page", func(c echo.Context) error { return c.String(200, "ok "+c.QueryParam("q")) })
	web.Get(e, "/things/:handle", func(c echo.Context) error { return c.String(200, "ok") })
	e.POST("/form", func(c echo.Context) error {
		values, err := web.FormValues(c)
		if err != nil {
			return err
		}
		return c.String(200, values.Encode())
	})
	e.POST("/json", func(c echo.Context) error {
		var body struct{ ID int }
		if err := web.StrictJSON(c.Request().Body, &body); err != nil {
			return err
		}
		return c.String(200, fmt.Sprint(body.ID))
	})
}

// hidesLength makes a body whose size is not announced.
type hidesLength struct{ *strings.Reader }

func TestRequestsBeyondTheLimitsAreRefused(t *testing.T) {
	large, many := strings.Repeat("a", 2<<20), strings.Repeat("a=1&", 200)
	files := "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\nx\r\n--b--\r\n"
	tests := []struct {
		name                       string
		method, target, kind, body string
		status                     int
		answer                     string
	}{
		{"a form", "POST", "/form", form, "id=1&quantity=2", 200, "id=1&quantity=2"},
		{"a form in parts", "POST", "/form", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n7\r\n--b--\r\n", 200, "id=7"},
		{"the query is no form", "POST", "/form?price=1", form, "id=1", 200, "id=1"},
		{"no body is an empty form", "POST", "/form", "", "", 200, ""},
		{"a body of 2 MB", "POST", "/form", form, large, 413, "too large"},
		{"JSON of 2 MB", "POST", "/json", "application/json", `{"id":"` + large + `"}`, 413, "too large"},
		{"another kind of content", "POST", "/form", "text/plain", "id=1", 400, "send a form"},
		{"JSON where a form is read", "POST", "/form", "application/json", `{"id":1}`, 400, "send a form"},
		{"too many fields", "POST", "/form", form, many, 400, "too many fields"},
		{"a file", "POST", "/form", "multipart/form-data; boundary=b", files, 400, "Files are not taken"},
		{"parts cut off", "POST", "/form", "multipart/form-data; boundary=b", files[:20], 400, "could not be read"},
		{"text that is not UTF-8", "POST", "/form", form, "id=%ff", 400, "not UTF-8"},
		{"a NUL in a form", "POST", "/form", form, "id=%00", 400, "cannot be kept"},
		{"an escape cut off", "POST", "/form", form, "id=%f", 400, "could not be read"},
		{"a NUL in the path", "GET", "/things/a%00b", "", "", 400, "not text"},
		{"a newline in the path", "GET", "/things/a%0ab", "", "", 400, "not text"},
		{"a path that is not UTF-8", "GET", "/things/%ff", "", "", 400, "not text"},
		{"a query that is not UTF-8", "GET", "/page?q=%ff", "", "", 400, "not text"},
		{"a query with a percent sign", "GET", "/page?q=1&discount=100%", "", "", 200, "ok 1"},
		{"an address of 3 KB", "GET", "/page?q=" + strings.Repeat("a", 3<<10), "", "", 414, "too long"},
		{"an unknown address", "GET", "/nowhere", "", "", 404, "nothing here"},
		{"a method that is not there", "DELETE", "/page", "", "", 405, "does not work"},
		{"asking for the head alone", "HEAD", "/page", "", "", 200, ""},
	}
	s := onSQLite(t, nil, reading)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := s.do(tt.method, tt.target, strings.NewReader(tt.body), "Content-Type", tt.kind)
			if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.answer) {
				t.Errorf("%d %.300s, want %d with %q", w.Code, w.Body, tt.status, tt.answer)
			}
		})
	}
	t.Run("a body whose size is not announced", func(t *testing.T) {
		w := s.do("POST", "/form", hidesLength{strings.NewReader(large)}, "Content-Type", form)
		if w.Code != 413 {
			t.Errorf("status %d", w.Code)
		}
	})
}

func TestAnotherHostIsMisdirectedInProductionOnly(t *testing.T) {
	tests := []struct {
		name, environment, host, path string
		status                        int
	}{
		{"the shop's own name", web.Production, "shop.example", "/page", 200},
		{"another name", web.Production, "evil.example", "/page", 421},
		{"another port", web.Production, "shop.example:8080", "/page", 421},
		{"a probe asks by address", web.Production, "10.0.0.7:8080", "/healthz", 200},
		{"development has many names", web.Development, "127.0.0.1:8080", "/page", 200},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := onSQLite(t, func(o *web.Options) { o.Environment = tt.environment }, reading)
			w := s.get(tt.path, "Host", tt.host, "X-Forwarded-Host", "evil.example")
			if w.Code != tt.status || strings.Contains(w.Body.String(), "evil.example") {
				t.Errorf("status %d, want %d", w.Code, tt.status)
			}
		})
	}
}

func TestTheServerHasTimeLimits(t *testing.T) {
	s := onSQLite(t, nil, nil)
	got := s.kit.NewServer()
	want := &http.Server{ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: 60 * time.Second, MaxHeaderBytes: 16 << 10}
	if got.ReadHeaderTimeout != want.ReadHeaderTimeout || got.ReadTimeout != want.ReadTimeout ||
		got.WriteTimeout != want.WriteTimeout || got.IdleTimeout != want.IdleTimeout || got.MaxHeaderBytes != want.MaxHeaderBytes {
		t.Errorf("limits are %v %v %v %v %d", got.ReadHeaderTimeout, got.ReadTimeout, got.WriteTimeout, got.IdleTimeout, got.MaxHeaderBytes)
	}
}

func TestHandlersHaveADeadline(t *testing.T) {
	left := func(c echo.Context) error {
		end, ok := c.Request().Context().Deadline()
		return c.String(200, fmt.Sprint(ok, time.Until(end).Round(time.Second)))
	}
	s := onSQLite(t, nil, func(k *web.Kit, e *echo.Echo) { e.GET("/page", left); e.POST("/checkout", left) })
	if got := s.get("/page").Body.String(); got != "true 10s" {
		t.Errorf("a page has %s", got)
	}
	if got := s.post("/checkout", form, "").Body.String(); got != "true 28s" {
		t.Errorf("a checkout has %s", got)
	}
}

func TestOnlyNamedProxiesSayWhoAVisitorIs(t *testing.T) {
	tests := []struct {
		name, trusted, want string
	}{
		{"nobody is believed", "", "192.0.2.1"},
		{"another proxy is not", "10.0.0.0/8", "192.0.2.1"},
		{"the named proxy is", "192.0.2.0/24", "203.0.113.9"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := onSQLite(t, trusting(tt.trusted), func(k *web.Kit, e *echo.Echo) {
				e.GET("/ip", func(c echo.Context) error { return c.String(200, c.RealIP()) })
			})
			if got := s.get("/ip", "X-Forwarded-For", "203.0.113.9").Body.String(); got != tt.want {
				t.Errorf("the visitor is %s, want %s", got, tt.want)
			}
		})
	}
}
