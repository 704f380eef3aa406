package stripesim

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
)

// disputeNow has the holder of a payment's card dispute it: reason, amount in cents unless all of it, and inquiry=true
// when the bank only asks.
func (s *Sim) disputeNow(w http.ResponseWriter, r *http.Request) {
	reason := r.PostFormValue("reason")
	if reason == "" {
		reason = "fraudulent"
	}
	amount, err := strconv.ParseInt(r.PostFormValue("amount"), 10, 64)
	if r.PostFormValue("amount") != "" && (err != nil || amount < 1) {
		say(w, http.StatusBadRequest, map[string]any{"error": "amount must be in cents"})
		return
	}
	var d *dispute
	err = s.change(r.Context(), eventRequest{}, func(l *ledger) error {
		p, err := inPath[intent](l, kindIntent, r.PathValue("id"))
		if err != nil {
			return err
		}
		if p.Status != "succeeded" {
			return refuse("", "id", "This payment has no charge that could be disputed.")
		}
		ch, err := known[charge](l, kindCharge, *p.LatestCharge)
		if err != nil {
			return err
		}
		d, err = l.dispute(ch, reason, r.PostFormValue("inquiry") == "true", amount)
		return err
	})
	if err != nil {
		s.sayError(w, err)
		return
	}
	say(w, http.StatusOK, map[string]any{"dispute": d.ID, "status": d.Status, "amount": d.Amount})
}

// fates are what a bank can make of a dispute.
var fates = []string{"win", "lose", "close", "escalate"}

// decideNow makes up the bank's mind about a dispute: win, lose, close (an inquiry) or escalate (one).
func (s *Sim) decideNow(w http.ResponseWriter, r *http.Request) {
	if !slices.Contains(fates, r.PathValue("fate")) {
		say(w, http.StatusNotFound, map[string]any{"error": "a dispute can win, lose, close or escalate"})
		return
	}
	d, err := s.decide(r.Context(), r.PathValue("id"), r.PathValue("fate"))
	if err != nil {
		s.sayError(w, err)
		return
	}
	say(w, http.StatusOK, map[string]any{"dispute": d.ID, "status": d.Status})
}

func (s *Sim) decide(ctx context.Context, id, fate string) (d *dispute, err error) {
	err = s.change(ctx, eventRequest{}, func(l *ledger) error {
		if d, err = inPath[dispute](l, kindDispute, id); err != nil {
			return err
		}
		if fate == "escalate" {
			return l.escalate(d)
		}
		return l.decide(d, map[string]string{"win": won, "lose": lost, "close": warningClosed}[fate])
	})
	return d, err
}

// bankNow ends a payment by bank before its time: fails=true when the money does not come.
func (s *Sim) bankNow(w http.ResponseWriter, r *http.Request) {
	p, err := s.hearBank(r.Context(), r.PathValue("id"), r.PostFormValue("fails") == "true")
	if err != nil {
		s.sayError(w, err)
		return
	}
	say(w, http.StatusOK, map[string]any{"payment_intent": p.ID, "status": p.Status})
}

func (s *Sim) hearBank(ctx context.Context, id string, fails bool) (p *intent, err error) {
	err = s.change(ctx, eventRequest{}, func(l *ledger) error {
		if p, err = inPath[intent](l, kindIntent, id); err != nil {
			return err
		}
		if p.Status != "processing" {
			return refuse("", "id", "This payment is %s, not on its way.", p.Status)
		}
		p.Sim.Bank = bankPays
		if fails {
			p.Sim.Bank = bankFails
		}
		return l.bankSays(p)
	})
	return p, err
}

// deskPage is what banks would decide: open disputes and payments on their way.
type deskPage struct {
	Disputes []dispute
	Payments []intent
}

func (deskPage) template() string { return "desk.html" }

// showDesk lets a person be the bank.
func (s *Sim) showDesk(w http.ResponseWriter, r *http.Request) {
	var p deskPage
	err := s.look(r.Context(), func(l *ledger) error {
		disputes, err := l.list(kindDispute, "", page{limit: 50})
		if err != nil {
			return err
		}
		for _, body := range disputes.Data {
			var d dispute
			if err := json.Unmarshal(body, &d); err != nil {
				return err
			}
			p.Disputes = append(p.Disputes, d)
		}
		waiting, err := l.list(kindIntent, "", page{limit: 50, status: "processing"})
		if err != nil {
			return err
		}
		for _, body := range waiting.Data {
			var i intent
			if err := json.Unmarshal(body, &i); err != nil {
				return err
			}
			p.Payments = append(p.Payments, i)
		}
		return nil
	})
	if err != nil {
		s.pageError(w, err)
		return
	}
	s.render(w, http.StatusOK, nil, p)
}

// submitDesk does what the desk's buttons say.
func (s *Sim) submitDesk(w http.ResponseWriter, r *http.Request) {
	id, do := r.PostFormValue("id"), r.PostFormValue("do")
	var err error
	switch {
	case slices.Contains(fates, do):
		_, err = s.decide(r.Context(), id, do)
	case do == "pays" || do == "fails":
		_, err = s.hearBank(r.Context(), id, do == "fails")
	}
	if e, ok := err.(*apiError); ok {
		s.render(w, e.Status, nil, messagePage{"That cannot be done", e.Message, "/desk"})
		return
	}
	if err != nil {
		s.pageError(w, err)
		return
	}
	http.Redirect(w, r, "/desk", http.StatusSeeOther)
}
