package templates_test

import (
	"strings"
	"testing"

	"longrun/internal/mail"
	"longrun/internal/shop"
	"longrun/internal/web"
	"longrun/internal/web/storefront"
)

const hostileName = `Ada "<b>" Moss`

// pageSample is a page of accounts with something to show.
type pageSample struct {
	name, file string
	data       any
}

// accountPages are the pages of shoppers' accounts, each full and empty.
func accountPages() []pageSample {
	bare := web.Page{Title: "Longrun", ShopName: "Longrun", Banner: banner, Stylesheet: "/assets/css/shop.css"}
	address := shop.AccountAddress{Ref: "t.abc.def", Name: hostileName, Line1: "4 Weir Street", Line2: "Flat 2", City: "Troy", State: "NY", PostalCode: "12180", Country: "US", IsDefault: true}
	second := address
	second.Ref, second.Name, second.IsDefault = "t.ghi.jkl", "Ben Okafor", false
	wrong := map[string]string{}
	for _, field := range []string{"name", "line1", "line2", "city", "state", "postal_code", "country"} {
		wrong[field] = "This is not right."
	}
	full := &storefront.AccountPage{
		Page: samplePage("Your account"), Email: "ada@shop.example", Name: hostileName, Done: "Your name is saved.", Error: "A name is one line.",
		Fields: map[string]string{"name": "A name is one line."}, Older: true, Next: "/account?before=990#orders", Address: &address, Others: true,
		Orders: []storefront.AccountOrder{
			{Title: "Order #1001", URL: "/orders/t0ken", Placed: "November 22, 2026", What: "Tern Racer – Ember and 2 more", Status: "Shipped", Total: 16640},
			{Title: "An order", Placed: "November 20, 2026", What: "Trail Sock – Moss", Status: "Payment on its way", Total: 1400},
		},
		Sessions: []storefront.AccountSession{
			{ID: 1, Browser: "Firefox on Linux", Network: "192.0.2.0/24", Began: "November 20, 2026", Seen: "November 22, 10:00 AM", This: true},
			{ID: 2, Browser: "Safari on iPhone", Began: "November 1, 2026", Seen: "November 21, 9:00 AM"},
		},
		Data: []web.MenuItem{{Title: "A copy of it", URL: "/account"}},
	}
	return []pageSample{
		{"account", "storefront/account.html", full},
		{"account-empty", "storefront/account.html", &storefront.AccountPage{Page: bare}},
		{"account-login", "storefront/account_login.html", &storefront.LoginPage{Page: samplePage("Sign in"), Done: "You are signed out.", Error: "This is not an address.", Fields: map[string]string{"email": "This is not an address."}, Email: `"@<`, ReturnTo: "/cart"}},
		{"account-login-empty", "storefront/account_login.html", &storefront.LoginPage{Page: bare}},
		{"account-login-over", "storefront/account_login.html", &storefront.LoginPage{Page: bare, Error: "This link was used."}},
		{"account-code", "storefront/account_code.html", &storefront.LoginCodePage{Page: samplePage("Look in your mail"), Email: "ada@shop.example", Code: `12"3`, Error: "That is not the code.", Fields: map[string]string{"code": "That is not the code."}}},
		{"account-code-empty", "storefront/account_code.html", &storefront.LoginCodePage{Page: bare}},
		{"account-link", "storefront/account_link.html", &storefront.LoginLinkPage{Page: samplePage("Sign in"), Email: "ada@shop.example", Action: "/account/login/t0ken", Other: "eve@shop.example"}},
		{"account-link-empty", "storefront/account_link.html", &storefront.LoginLinkPage{Page: bare, Action: "/account/login/t0ken"}},
		{"account-email", "storefront/account_email.html", &storefront.AccountEmailPage{Page: samplePage("Change your e-mail address"), Now: "ada@shop.example", Fresh: true, Asked: true, Error: "This is not an address.", Fields: map[string]string{"email": "This is not an address."}, Email: `"@`}},
		{"account-email-stale", "storefront/account_email.html", &storefront.AccountEmailPage{Page: samplePage("Change your e-mail address"), Now: "ada@shop.example"}},
		{"account-email-empty", "storefront/account_email.html", &storefront.AccountEmailPage{Page: bare}},
		{"account-email-link", "storefront/account_email_link.html", &storefront.AccountEmailLinkPage{Page: samplePage("Change your e-mail address"), Now: "ada@shop.example", Email: "ada@new.example", Action: "/account/email/t0ken"}},
		{"account-email-link-over", "storefront/account_email_link.html", &storefront.AccountEmailLinkPage{Page: bare, Now: "ada@shop.example", Error: "This link was used."}},
		{"account-addresses", "storefront/account_addresses.html", &storefront.AddressesPage{Page: samplePage("Your addresses"), Done: "The address is saved.",
			Addresses: []storefront.AddressLine{{AccountAddress: address, URL: "/account/addresses/t.abc.def"}, {AccountAddress: second, URL: "/account/addresses/t.ghi.jkl", NotThere: true}}}},
		{"account-addresses-full", "storefront/account_addresses.html", &storefront.AddressesPage{Page: samplePage("Your addresses"), Full: true}},
		{"account-addresses-empty", "storefront/account_addresses.html", &storefront.AddressesPage{Page: bare}},
		{"account-address", "storefront/account_address.html", &storefront.AddressPage{Page: samplePage("Change an address"), Address: second, Action: "/account/addresses/t.ghi.jkl", Countries: []string{"US", "CA"}, Error: "Much is wrong.", Fields: wrong, Default: true}},
		{"account-address-new", "storefront/account_address.html", &storefront.AddressPage{Page: samplePage("A new address"), Action: "/account/addresses", Key: "k", Countries: []string{"US"}, States: []string{"NY", "OR"}, Address: shop.AccountAddress{State: "OR"}}},
		{"account-address-empty", "storefront/account_address.html", &storefront.AddressPage{Page: bare, Action: "/account/addresses"}},
	}
}

func TestEveryPageOfAccountsIsSoundFullAndEmpty(t *testing.T) {
	for _, s := range accountPages() {
		t.Run(s.name, func(t *testing.T) {
			html := render(t, s.file, s.data)
			for _, fault := range faults(t, html) {
				t.Error(fault)
			}
			if strings.Contains(html, "<b>\" Moss") || strings.Contains(html, "ZgotmplZ") {
				t.Error("something typed is markup")
			}
			keep(t, s.name+".html", html)
		})
	}
}

func TestTheMailsOfAccountsSayEverythingInBothForms(t *testing.T) {
	lines := []string{"12 Mill Lane"}
	for _, tt := range []struct {
		name, file, subject string
		data                any
		want                []string
	}{
		{"signing in", "account_sign_in", "Subject: Sign in to Longrun", &mail.AccountSignIn{ShopName: "Longrun", URL: "https://shop.example/account/login/t0ken", Code: "123 456",
			Expires: "3:04 PM PST", Browser: "Firefox on Linux", ShopEmail: "hello@shop.example", ShopAddress: lines},
			[]string{"https://shop.example/account/login/t0ken", "123 456", "3:04 PM PST", "with Firefox on Linux", "12 Mill Lane", "Tell the code to nobody"}},
		{"signing in with next to nothing", "account_sign_in", "Subject: Sign in to Longrun", &mail.AccountSignIn{ShopName: "Longrun", URL: "https://shop.example/x", Code: "123 456"}, []string{"Somebody asked", "123 456"}},
		{"a new address", "account_email", "Subject: Use this address at Longrun?", &mail.AccountEmail{ShopName: "Longrun", URL: "https://shop.example/account/email/t0ken", Expires: "November 22, 2026", ShopAddress: lines},
			[]string{"https://shop.example/account/email/t0ken", "November 22, 2026", "12 Mill Lane"}},
		{"the old address", "account_changed", "Subject: Your account at Longrun has another address now", &mail.AccountChanged{ShopName: "Longrun", Changed: "November 22, 2026", ShopEmail: "hello@shop.example"},
			[]string{"November 22, 2026", "write to us at once: hello@shop.example"}},
		{"the old address, with next to nothing", "account_changed", "Subject: Your account at Longrun has another address now", &mail.AccountChanged{ShopName: "Longrun"}, []string{"answer this mail at once"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			html, text := renderMail(t, tt.file, tt.data)
			keep(t, "mail-"+strings.ReplaceAll(tt.name, " ", "-")+".html", html)
			keep(t, "mail-"+strings.ReplaceAll(tt.name, " ", "-")+".txt", text)
			if first, _, _ := strings.Cut(text, "\n"); first != tt.subject {
				t.Errorf("the subject line is %q", first)
			}
			for _, w := range tt.want {
				if !strings.Contains(html, w) || !strings.Contains(text, w) {
					t.Errorf("a form lacks %q", w)
				}
			}
		})
	}
}
