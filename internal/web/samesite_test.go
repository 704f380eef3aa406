package web_test

import (
	"fmt"
	"testing"

	"github.com/labstack/echo/v4"

	"longrun/internal/web"
)

func TestOtherSitesCannotMakeAVisitorPost(t *testing.T) {
	s := onSQLite(t, nil, func(k *web.Kit, e *echo.Echo) {
		ok := func(c echo.Context) error { return c.NoContent(204) }
		for _, path := range []string{"/cart/add", "/cart/add.js", "/webhooks/stripe"} {
			e.POST(path, ok)
		}
		e.GET("/cart/add", ok)
	})
	tests := []struct {
		name   string
		header []string
		status int
	}{
		{"the shop's own form", []string{"Sec-Fetch-Site", "same-origin", "Origin", "https://shop.example"}, 204},
		{"an address typed in", []string{"Sec-Fetch-Site", "none"}, 204},
		{"a program without a browser", nil, 204},
		{"an old browser on the shop's own page", []string{"Origin", "https://shop.example"}, 204},
		{"behind a proxy that changes the host", []string{"Origin", "https://shop.example", "Sec-Fetch-Site", "same-origin"}, 204},
		{"another site", []string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, 403},
		{"a sister site", []string{"Sec-Fetch-Site", "same-site", "Origin", "https://blog.shop.example"}, 403},
		{"an old browser on another site", []string{"Origin", "https://evil.example"}, 403},
		{"a page that hides its origin", []string{"Origin", "null"}, 403},
		{"another site that forges the referrer", []string{"Sec-Fetch-Site", "cross-site", "Referer", "https://shop.example/"}, 403},
		{"JSON sent as plain text", []string{"Sec-Fetch-Site", "cross-site", "Content-Type", "text/plain"}, 403},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, path := range []string{"/cart/add", "/cart/add.js"} {
				if w := s.do("POST", path, nil, tt.header...); w.Code != tt.status {
					t.Errorf("POST %s is %d, want %d", path, w.Code, tt.status)
				}
			}
			if w := s.do("GET", "/cart/add", nil, tt.header...); w.Code != 204 {
				t.Errorf("GET is %d", w.Code)
			}
			if w := s.do("POST", "/webhooks/stripe", nil, tt.header...); w.Code != 204 {
				t.Errorf("the webhook, which is exempt, is %d", w.Code)
			}
		})
	}
}

func TestGETsThatActKnowTheShopsOwnLinks(t *testing.T) {
	s := onSQLite(t, nil, func(k *web.Kit, e *echo.Echo) {
		e.GET("/act", func(c echo.Context) error { return c.String(200, fmt.Sprint(k.SameOrigin(c))) })
	})
	tests := []struct {
		name   string
		header []string
		want   string
	}{
		{"a link on the shop's page", []string{"Sec-Fetch-Site", "same-origin"}, "true"},
		{"a link elsewhere", []string{"Sec-Fetch-Site", "cross-site"}, "false"},
		{"a link in a mail or typed in", []string{"Sec-Fetch-Site", "none"}, "false"},
		{"a referrer does not outweigh what the browser says", []string{"Sec-Fetch-Site", "cross-site", "Referer", "https://shop.example/"}, "false"},
		{"an old browser with a referrer", []string{"Referer", "https://shop.example/cart"}, "true"},
		{"an old browser from elsewhere", []string{"Referer", "https://shop.example.evil.example/"}, "false"},
		{"nothing known", nil, "false"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := s.get("/act", tt.header...).Body.String(); got != tt.want {
				t.Errorf("same origin is %s, want %s", got, tt.want)
			}
		})
	}
}
