package app_test

import (
	"net/url"
	"strings"
	"time"

	"longrun/internal/contact"
	"longrun/internal/shop"
)

// letters are messages to the shop that cannot be kept.
func (b *badShop) letters() []badRequest {
	key := b.App.DB.NewFormKey(contact.Form, shop.At(time.Now().Add(-time.Minute)))
	letter := func(name string, change map[string]string) badRequest {
		form := url.Values{"form_type": {"contact"}, "key": {key}, "contact[name]": {"Ada"}, "contact[email]": {"ada@runner.example"}, "contact[body]": {"Hello"}}
		for field, value := range change {
			form.Set(field, value)
		}
		return badRequest{name: "a message " + name, path: "/contact", body: form.Encode(), status: 422}
	}
	abroad := letter("from another site", nil)
	abroad.headers, abroad.status = map[string]string{"Sec-Fetch-Site": "cross-site"}, 403
	binary := letter("that is not UTF-8", nil)
	binary.body, binary.status = "form_type=contact&contact[body]=%ff", 400
	return []badRequest{
		abroad, binary,
		letter("without an address", map[string]string{"contact[email]": ""}),
		letter("with two addresses", map[string]string{"contact[email]": "a@x.example, b@x.example"}),
		letter("with a header in the address", map[string]string{"contact[email]": "ada@runner.example\r\nBcc: eve@evil.example"}),
		letter("with nothing in it", map[string]string{"contact[body]": " \r\n "}),
		letter("of 5001 letters", map[string]string{"contact[body]": strings.Repeat("ö", 5001)}),
		letter("with a bell", map[string]string{"contact[body]": "Hello\a"}),
		letter("with a name of 101 letters", map[string]string{"contact[name]": strings.Repeat("n", 101)}),
		letter("without its key", map[string]string{"key": ""}),
		letter("with a key of 1000 letters", map[string]string{"key": strings.Repeat("k", 1000)}),
		letter("with the trap filled in", map[string]string{"contact[website]": "x"}),
		letter("of another kind", map[string]string{"form_type": "../contact"}),
		letter("for the newsletter, which is not open", map[string]string{"form_type": "customer"}),
		{name: "a look-up of nothing", path: "/orders/find", status: 422},
		{name: "a look-up by other digits", path: "/orders/find", body: "number=%EF%BC%91%EF%BC%90%EF%BC%90%EF%BC%91&email=ada@runner.example", status: 422},
		{name: "a look-up by a query", path: "/orders/find?number=1001&email=ada@runner.example", status: 422},
		{name: "a look-up of half a number", path: "/orders/find", body: "number=10.5&email=ada@runner.example", status: 422},
		{name: "a look-up for two addresses", path: "/orders/find", body: "number=1001&email=a@x.example,b@x.example", status: 422},
		{name: "one's data of nobody", path: "/privacy", status: 422},
		{name: "one's data of two addresses", path: "/privacy", body: "email=a@x.example,b@x.example", status: 422},
		{name: "one's data by a query", path: "/privacy?email=ada@runner.example", status: 422},
		{name: "one's data from another site", path: "/privacy", body: "email=ada@runner.example", headers: map[string]string{"Sec-Fetch-Site": "cross-site"}, status: 403},
		{name: "files by a made-up link", path: "/privacy/aaaaaaaaaaaaaaaaaaaaaaaaaa/download", status: 404},
		{name: "an erasure by a made-up link", path: "/privacy/aaaaaaaaaaaaaaaaaaaaaaaaaa/erase", status: 404},
		{name: "a look-up from another site", path: "/orders/find", body: "number=1001&email=ada@runner.example", headers: map[string]string{"Sec-Fetch-Site": "cross-site"}, status: 403},
	}
}
