package stripesim

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
)

// sessionLine is what a script needs to know of a session.
type sessionLine struct {
	ID                string            `json:"id"`
	Status            string            `json:"status"`
	PaymentStatus     string            `json:"payment_status"`
	AmountTotal       int64             `json:"amount_total"`
	Currency          string            `json:"currency"`
	PaymentIntent     *string           `json:"payment_intent"`
	ClientReferenceID *string           `json:"client_reference_id"`
	Metadata          map[string]string `json:"metadata"`
	Created           int64             `json:"created"`
	ExpiresAt         int64             `json:"expires_at"`
	URL               *string           `json:"url"`
}

// showAll answers with the newest objects of a kind, ?limit= of them (10000 when not given), filtered by ?status=.
func showAll[T any](s *Sim, kind, name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		q := page{limit: 10_000, status: r.URL.Query().Get("status")}
		if n, err := strconv.ParseInt(r.URL.Query().Get("limit"), 10, 64); err == nil && n > 0 {
			q.limit = n
		}
		all := []T{}
		err := s.look(r.Context(), func(l *ledger) error {
			found, err := l.list(kind, "", q)
			if err != nil {
				return err
			}
			for _, body := range found.Data {
				var v T
				if err := json.Unmarshal(body, &v); err != nil {
					return err
				}
				all = append(all, v)
			}
			return nil
		})
		if err != nil {
			s.sayError(w, err)
			return
		}
		say(w, http.StatusOK, map[string]any{name: all})
	}
}

// payNow pays a session as a script: card, exp, csc, email, name, line1, line2, city, state, postal_code, country,
// phone, shipping_rate; bank=pays or bank=fails pays by bank, which takes three days; wait=true also waits for the webhook's answer.
func (s *Sim) payNow(w http.ResponseWriter, r *http.Request) {
	if err := r.ParseForm(); err != nil {
		say(w, http.StatusBadRequest, map[string]any{"error": err.Error()})
		return
	}
	ctx := context.WithoutCancel(r.Context())
	out, wrong, err := s.payAsScript(ctx, r.PathValue("id"), r.PostForm)
	switch {
	case errors.Is(err, errRefusedForm):
		say(w, http.StatusUnprocessableEntity, map[string]any{"error": "some fields are refused", "fields": wrong})
		return
	case err != nil:
		s.sayError(w, err)
		return
	}
	if r.PostForm.Get("wait") == "true" {
		s.awaitTaken(r.Context(), out.Events)
	}
	answer := map[string]any{
		"state": out.State, "session": out.Session.ID, "status": out.Session.Status,
		"payment_status": out.Session.PaymentStatus, "amount_total": out.Session.AmountTotal,
		"payment_intent": out.Session.PaymentIntent,
	}
	status := map[string]int{"paid": http.StatusOK, "processing": http.StatusOK, "declined": http.StatusPaymentRequired, "closed": http.StatusConflict}[out.State]
	if out.Refusal != nil {
		answer["error"] = out.Refusal
	}
	say(w, status, answer)
}

func (s *Sim) expireNow(w http.ResponseWriter, r *http.Request) {
	var state string
	err := s.change(r.Context(), eventRequest{}, func(l *ledger) error {
		of, err := inPath[session](l, kindSession, r.PathValue("id"))
		if err != nil {
			return err
		}
		state = of.Status
		if state != open {
			return nil
		}
		return l.expire(of)
	})
	switch {
	case err != nil:
		s.sayError(w, err)
	case state != open:
		say(w, http.StatusConflict, map[string]any{"error": "the session is " + state, "status": state})
	default:
		say(w, http.StatusOK, map[string]any{"session": r.PathValue("id"), "status": expired})
	}
}

// resend owes an event again to everybody who subscribes to it now.
func (s *Sim) resend(w http.ResponseWriter, r *http.Request) {
	var targets []string
	err := s.change(r.Context(), eventRequest{}, func(l *ledger) error {
		e, err := inPath[event](l, kindEvent, r.PathValue("id"))
		if err != nil {
			return err
		}
		if targets, err = l.subscribers(e.Type); err != nil {
			return err
		}
		for _, t := range targets {
			if err := l.owe(e.ID, t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.sayError(w, err)
		return
	}
	say(w, http.StatusOK, map[string]any{"event": r.PathValue("id"), "deliveries": len(targets)})
}
