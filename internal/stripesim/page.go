package stripesim

import (
	"context"
	"embed"
	"errors"
	"html/template"
	"net/http"
	"slices"
	"strings"
)

//go:embed pages
var pageFiles embed.FS

var pages = template.Must(template.New("").Funcs(template.FuncMap{"money": dollars}).ParseFS(pageFiles, "pages/*.html"))

func (s *Sim) routePages(mux *http.ServeMux) {
	mux.HandleFunc("GET /pay/style.css", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, pageFiles, "pages/style.css")
	})
	mux.HandleFunc("GET /pay/{id}", s.showPage)
	mux.Handle("POST /pay/{id}", sameSite(http.HandlerFunc(s.submitPage)))
	mux.HandleFunc("GET /pay/{id}/authenticate", s.showAuthenticate)
	mux.Handle("POST /pay/{id}/authenticate", sameSite(http.HandlerFunc(s.submitAuthenticate)))
}

func (s *Sim) authenticateURL(id string) string {
	return s.opts.BaseURL + "/pay/" + id + "/authenticate"
}

// payPage is the hosted page: the session, the form as filled in, and what is wrong with it.
type payPage struct {
	*basket
	Form      form
	Wrong     map[string]string
	Refused   string
	Items     []*item
	Rates     []*shippingRate
	Countries []string
	States    []state
	TaxKnown  bool
}

// rateName is the display name of the shipping that counts.
func (p payPage) RateName() string {
	for _, r := range p.Rates {
		if r.ID == *p.ShippingCost.ShippingRate {
			return r.DisplayName
		}
	}
	return ""
}

// Chosen says whether a shipping rate is the one that counts.
func (p payPage) Chosen(r *shippingRate) bool { return r.ID == *p.ShippingCost.ShippingRate }

// AsksAddress says whether the form has address fields.
func (p payPage) AsksAddress() bool { return p.asksAddress() }

// OnlyUS says whether the state can be a list.
func (p payPage) OnlyUS() bool { return len(p.Countries) == 1 && p.Countries[0] == "US" }

// oops is what is wrong with one field.
type oops struct{ Name, Text string }

// Oops finds what is wrong with a field, if anything.
func (p payPage) Oops(name string) oops { return oops{name, p.Wrong[name]} }

func (s *Sim) showPage(w http.ResponseWriter, r *http.Request) {
	b, ok := s.pageBasket(w, r)
	if !ok {
		return
	}
	f := form{shopper: b.First}
	if !slices.Contains(b.countries(), f.Country) {
		f.shopper = shopper{Name: f.Name, Country: b.countries()[0]}
	}
	s.renderForm(w, http.StatusOK, b, payPage{Form: f})
}

// submitPage answers the form: new totals, a payment, or the form again with what is wrong.
func (s *Sim) submitPage(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
	if err := r.ParseForm(); err != nil {
		s.render(w, http.StatusBadRequest, nil, messagePage{"This form could not be read", "Go back and try again.", ""})
		return
	}
	b, ok := s.pageBasket(w, r)
	if !ok {
		return
	}
	f := readForm(r.PostForm)
	if r.PostForm.Get("do") == "update" {
		s.renderForm(w, http.StatusOK, b, payPage{Form: f})
		return
	}
	buyer, c, wrong := f.check(b, s.Now())
	if len(wrong) > 0 {
		s.renderForm(w, http.StatusUnprocessableEntity, b, payPage{Form: f, Wrong: wrong})
		return
	}
	out, err := s.purchase(context.WithoutCancel(r.Context()), b.ID, buyer, c)
	if err != nil {
		s.pageError(w, err)
		return
	}
	s.afterPayment(w, r, out, f)
}

// afterPayment sends the buyer where the payment leads.
func (s *Sim) afterPayment(w http.ResponseWriter, r *http.Request, out *payment, f form) {
	switch out.State {
	case "paid":
		s.awaitTaken(r.Context(), out.Events)
		to := strings.ReplaceAll(*out.Session.SuccessURL, "{CHECKOUT_SESSION_ID}", out.Session.ID)
		http.Redirect(w, r, to, http.StatusSeeOther)
	case "authenticate":
		http.Redirect(w, r, "/pay/"+out.Session.ID+"/authenticate", http.StatusSeeOther)
	case "declined":
		b, err := s.openBasket(r.Context(), out.Session.ID)
		if err != nil {
			s.pageError(w, err)
			return
		}
		s.renderForm(w, http.StatusPaymentRequired, b, payPage{Form: f, Refused: out.Refusal.Message})
	default:
		s.renderClosed(w, out.Session)
	}
}

// pageBasket loads the session of a page, or answers that it is unknown or closed.
func (s *Sim) pageBasket(w http.ResponseWriter, r *http.Request) (*basket, bool) {
	b, err := s.openBasket(r.Context(), r.PathValue("id"))
	if err != nil {
		s.pageError(w, err)
		return nil, false
	}
	if b.Status != open || b.ExpiresAt <= s.Now().Unix() {
		s.renderClosed(w, b.session)
		return nil, false
	}
	return b, true
}

func (s *Sim) pageError(w http.ResponseWriter, err error) {
	if e, ok := errors.AsType[*apiError](err); ok && e.Status == http.StatusNotFound {
		s.render(w, http.StatusNotFound, nil,
			messagePage{"There is no such payment page", "Go back to the shop and start again.", ""})
		return
	}
	s.log.Error("stripesim: hosted page", "err", err)
	s.render(w, http.StatusInternalServerError, nil,
		messagePage{"Something went wrong", "Go back to the shop to see whether the order is paid.", ""})
}
