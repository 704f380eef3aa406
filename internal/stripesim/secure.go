package stripesim

import (
	"context"
	"net/http"
)

// securePage asks the buyer of a 3-D Secure test card how the check shall end.
type securePage struct {
	ID    string
	Total int64
	Last4 string
}

func (securePage) template() string { return "secure.html" }

func (s *Sim) showAuthenticate(w http.ResponseWriter, r *http.Request) {
	b, ok := s.pageBasket(w, r)
	if !ok {
		return
	}
	if b.Sim.Shopper == nil || b.PaymentIntent == nil {
		http.Redirect(w, r, "/pay/"+b.ID, http.StatusSeeOther)
		return
	}
	var p intent
	err := s.look(r.Context(), func(l *ledger) error { return l.load(kindIntent, *b.PaymentIntent, &p) })
	if err != nil {
		s.pageError(w, err)
		return
	}
	if p.Sim.Card == nil {
		http.Redirect(w, r, "/pay/"+b.ID, http.StatusSeeOther)
		return
	}
	s.render(w, http.StatusOK, b.session, securePage{b.ID, p.Amount, p.Sim.Card.Last4})
}

func (s *Sim) submitAuthenticate(w http.ResponseWriter, r *http.Request) {
	b, ok := s.pageBasket(w, r)
	if !ok {
		return
	}
	f := form{}
	if b.Sim.Shopper != nil {
		f.shopper = *b.Sim.Shopper
	}
	out, err := s.confirm(context.WithoutCancel(r.Context()), b.ID, r.PostFormValue("do") == "complete")
	if err != nil {
		s.pageError(w, err)
		return
	}
	s.afterPayment(w, r, out, f)
}
