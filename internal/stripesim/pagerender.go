package stripesim

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
)

func (s *Sim) renderForm(w http.ResponseWriter, status int, b *basket, p payPage) {
	b.totalFor(p.Form.shopper, s.Now().Unix())
	p.basket, p.Items, p.Rates = b, b.items, b.rates
	p.Countries, p.States = b.countries(), states
	p.TaxKnown = b.AutomaticTax.Status != nil && *b.AutomaticTax.Status == complete
	s.render(w, status, b.session, p)
}

// messagePage says one thing and leads back to the shop.
type messagePage struct{ Title, Text, Back string }

// renderClosed answers for a session that takes no payment any more, and says whether money was taken.
func (s *Sim) renderClosed(w http.ResponseWriter, of *session) {
	if of.Status == complete {
		m := messagePage{"This order has already been paid", "Nothing more was taken. You can close this page.", ""}
		m.Back = strings.ReplaceAll(*of.SuccessURL, "{CHECKOUT_SESSION_ID}", of.ID)
		s.render(w, http.StatusConflict, of, m)
		return
	}
	m := messagePage{"This payment page has expired", "No money was taken. Go back to the shop to start again.", ""}
	if of.CancelURL != nil {
		m.Back = *of.CancelURL
	}
	s.render(w, http.StatusGone, of, m)
}

// view is one of the hosted pages.
type view interface{ template() string }

func (payPage) template() string     { return "pay.html" }
func (messagePage) template() string { return "message.html" }

// render writes a page with the headers that all of them carry; of is the session it belongs to, if any.
func (s *Sim) render(w http.ResponseWriter, status int, of *session, page view) {
	var out bytes.Buffer
	if err := pages.ExecuteTemplate(&out, page.template(), page); err != nil {
		s.log.Error("stripesim: render "+page.template(), "err", err)
		http.Error(w, "The page could not be made.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; "+
		"form-action 'self'"+returnOrigins(of))
	w.WriteHeader(status)
	w.Write(out.Bytes()) // the browser may be gone
}

// returnOrigins lists where the form may end up by redirect: browsers hold form-action against those too.
func returnOrigins(of *session) string {
	if of == nil {
		return ""
	}
	var origins string
	for _, raw := range []*string{of.SuccessURL, of.CancelURL} {
		if raw == nil {
			continue
		}
		if u, err := url.Parse(*raw); err == nil && !strings.ContainsAny(u.Host, " ;,'\"") {
			origins += " " + u.Scheme + "://" + u.Host
		}
	}
	return origins
}
