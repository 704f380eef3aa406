package apptest

import "net/url"

// Buyer is what a shopper types on the payment page.
func Buyer() url.Values {
	return url.Values{
		"email": {"ada@example.com"}, "name": {"Ada Runner"}, "address-line1": {"1 Track Road"},
		"address-level2": {"Portland"}, "address-level1": {"OR"}, "postal-code": {"97209"}, "country": {"US"},
		"cc-number": {"4242424242424242"}, "cc-exp": {"12/34"}, "cc-csc": {"123"},
	}
}

// FillByAutocomplete fills the fields of a form by their standard
// autocomplete tokens, as a browser does; fields without a value stay.
func (f *Form) FillByAutocomplete(values url.Values) *Form {
	for _, n := range all(f.node, "input", "select") {
		token := lastToken(attr(n, "autocomplete"))
		if values.Has(token) {
			f.Values.Set(attr(n, "name"), values.Get(token))
		}
	}
	return f
}

// lastToken is the field name of an autocomplete value such as
// "shipping address-line1".
func lastToken(s string) string {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == ' ' {
			return s[i+1:]
		}
	}
	return s
}
