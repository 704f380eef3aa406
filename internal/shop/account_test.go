package shop

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestSigningInLeadsToTheAccountOrTheBagAndNowhereElse(t *testing.T) {
	for typed, want := range map[string]string{
		"": "/account", "/cart": "/cart", "/account": "/account", "/account/addresses": "/account/addresses", "/account/addresses/7": "/account/addresses/7",
		"//evil.example": "/account", `/\evil.example`: "/account", "https://evil.example/account": "/account", "/account//evil.example": "/account",
		"/account/../cart/1:1": "/account", "/cart/123:1": "/account", "/cart/change?id=1&quantity=0": "/account", "/account/x?y": "/account",
		"/account/login": "/account", "/account/%2e%2e/x": "/account", "/account\n/x": "/account", "javascript:alert(1)": "/account", "/discount/X": "/account",
	} {
		if got := AccountReturn(typed); got != want {
			t.Errorf("%q leads to %q, want %q", typed, got, want)
		}
	}
}

func TestACodeIsReadAsPeopleTypeIt(t *testing.T) {
	for typed, want := range map[string]string{
		"123456": "123456", " 123 456 ": "123456", "123-456": "123456", "12345": "", "1234567": "", "１２３４５６": "", "12345a": "", "": "", "-12345": "",
	} {
		if got := CleanCode(typed); got != want {
			t.Errorf("%q is read as %q, want %q", typed, got, want)
		}
	}
}

func TestASessionEndsWhenUnusedAndInAnyCase(t *testing.T) {
	began := At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	day := 24 * time.Hour
	for _, tt := range []struct {
		name      string
		seen, now time.Duration
		alive     bool
	}{
		{"at once", 0, 0, true}, {"59 days unused", 0, 59 * day, true}, {"60 days unused", 0, 60 * day, false},
		{"used all along", 179 * day, 180*day - time.Second, true}, {"too old, however often used", 179 * day, 180 * day, false},
	} {
		s := AccountSession{CreatedAt: began, SeenAt: began.Add(tt.seen)}
		if got := s.Alive(began.Add(tt.now)); got != tt.alive {
			t.Errorf("%s: alive is %v", tt.name, got)
		}
	}
	s := AccountSession{CreatedAt: began}
	if !s.Fresh(began.Add(14*time.Minute)) || s.Fresh(began.Add(15*time.Minute)) {
		t.Error("a sign-in is fresh for 15 minutes")
	}
}

func TestAddressesAreThoseTheShopShipsTo(t *testing.T) {
	good := AccountAddress{Name: " Ada  Moss", Line1: "4 Weir Street", City: "Troy", State: "ny", PostalCode: "12180"}
	tests := []struct {
		name   string
		change func(*AccountAddress)
		bad    string // the fields that are refused
	}{
		{"good", func(*AccountAddress) {}, ""},
		{"nothing", func(a *AccountAddress) { *a = AccountAddress{} }, "city line1 name postal_code state"},
		{"a state that is off", func(a *AccountAddress) { a.State, a.PostalCode = "HI", "96801" }, "state"},
		{"no state at all", func(a *AccountAddress) { a.State = "XX" }, "state"},
		{"another country", func(a *AccountAddress) { a.Country = "DE" }, "country"},
		{"not a ZIP code", func(a *AccountAddress) { a.PostalCode = "1218" }, "postal_code"},
		{"full-width digits", func(a *AccountAddress) { a.PostalCode = "１２１８０" }, "postal_code"},
		{"a very long name", func(a *AccountAddress) { a.Name = strings.Repeat("x", 101) }, "name"},
		{"a character that turns the text round", func(a *AccountAddress) { a.City = "Tr\u202eoy" }, "city"},
	}
	for _, tt := range tests {
		a := good
		tt.change(&a)
		clean, err := a.Clean(DefaultSettings())
		var e *Error
		bad := ""
		if errors.As(err, &e) {
			bad = strings.Join(slices.Sorted(maps.Keys(e.Fields)), " ")
		}
		if bad != tt.bad {
			t.Errorf("%s: refused %q, want %q", tt.name, bad, tt.bad)
		}
		if tt.bad == "" && (clean.Name != "Ada Moss" || clean.State != "NY" || clean.Country != "US") {
			t.Errorf("%s: kept as %+v", tt.name, clean)
		}
	}
}
