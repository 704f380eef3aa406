package stripesim

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// routeControl adds what scripts and tests steer the simulator with.
func (s *Sim) routeControl(mux *http.ServeMux) {
	control := http.NewServeMux()
	control.HandleFunc("GET /_sim/clock", s.showClock)
	control.HandleFunc("POST /_sim/clock", s.moveClock)
	control.HandleFunc("GET /_sim/faults", s.showFaults)
	control.HandleFunc("POST /_sim/faults", s.addFault)
	control.HandleFunc("DELETE /_sim/faults", s.clearFaults)
	control.HandleFunc("GET /_sim/sessions", showAll[sessionLine](s, kindSession, "sessions"))
	control.HandleFunc("GET /_sim/refunds", showAll[refund](s, kindRefund, "refunds"))
	control.HandleFunc("POST /_sim/sessions/{id}/pay", s.payNow)
	control.HandleFunc("POST /_sim/sessions/{id}/expire", s.expireNow)
	control.HandleFunc("POST /_sim/refunds", s.refundNow)
	control.HandleFunc("POST /_sim/tax", s.setTax)
	control.HandleFunc("POST /_sim/payments/{id}/dispute", s.disputeNow)
	control.HandleFunc("GET /_sim/disputes", showAll[dispute](s, kindDispute, "disputes"))
	control.HandleFunc("POST /_sim/disputes/{id}/{fate}", s.decideNow)
	control.HandleFunc("POST /_sim/payments/{id}/bank", s.bankNow)
	control.HandleFunc("GET /_sim/events", showAll[event](s, kindEvent, "events"))
	control.HandleFunc("POST /_sim/events/{id}/resend", s.resend)
	mux.Handle("/_sim/", s.ownHost(sameSite(control)))
}

// sameSite refuses what another site makes a browser send.
func sameSite(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		foreign := false
		if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
			foreign = site != "same-origin" && site != "none"
		} else if origin := r.Header.Get("Origin"); origin != "" {
			u, err := url.Parse(origin)
			foreign = err != nil || u.Host != r.Host
		}
		if foreign {
			say(w, http.StatusForbidden, map[string]any{"error": "refused: this request comes from another site"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ownHost refuses requests for names that are not the simulator's, so that no foreign name can be pointed at it.
func (s *Sim) ownHost(next http.Handler) http.Handler {
	base, _ := url.Parse(s.opts.BaseURL)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		ip := net.ParseIP(strings.Trim(host, "[]"))
		if host != "localhost" && (ip == nil || !ip.IsLoopback()) && (base == nil || r.Host != base.Host) {
			say(w, http.StatusForbidden, map[string]any{"error": "refused: " + host + " is not this simulator's name"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

func say(w http.ResponseWriter, status int, v any) {
	body, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(append(body, '\n')) // the script may be gone
}

// sayError answers a failure of a control endpoint.
func (s *Sim) sayError(w http.ResponseWriter, err error) {
	if e, ok := errors.AsType[*apiError](err); ok {
		say(w, e.Status, map[string]any{"error": e})
		return
	}
	s.log.Error("stripesim: control", "err", err)
	say(w, http.StatusInternalServerError, map[string]any{"error": err.Error()})
}

func (s *Sim) showClock(w http.ResponseWriter, _ *http.Request) {
	say(w, http.StatusOK, map[string]any{
		"now": s.Now().Format(time.RFC3339Nano), "offset_ms": s.offset.Load(),
	})
}

// moveClock takes now=RFC3339, or advance=40m.
func (s *Sim) moveClock(w http.ResponseWriter, r *http.Request) {
	var to time.Time
	var err error
	switch now, advance := r.PostFormValue("now"), r.PostFormValue("advance"); {
	case now != "":
		to, err = time.Parse(time.RFC3339, now)
	case advance != "":
		var d time.Duration
		d, err = time.ParseDuration(advance)
		to = s.Now().Add(d)
	default:
		err = errors.New("give now=2026-01-31T15:04:05Z or advance=40m")
	}
	if err == nil && (to.Year() < 2000 || to.Year() > 2200) {
		err = errors.New("the clock goes from year 2000 to 2200")
	}
	if err != nil {
		say(w, http.StatusBadRequest, map[string]any{"error": err.Error()})
		return
	}
	if err := s.SetClock(r.Context(), to); err != nil {
		s.sayError(w, err)
		return
	}
	s.showClock(w, r)
}

func (s *Sim) showFaults(w http.ResponseWriter, r *http.Request) {
	all, err := s.faults(r.Context())
	if err != nil {
		s.sayError(w, err)
		return
	}
	say(w, http.StatusOK, map[string]any{"faults": all})
}

// addFault takes kind, match, count (0 for ever), ms and copies, as a form or as JSON.
func (s *Sim) addFault(w http.ResponseWriter, r *http.Request) {
	f, err := readFault(r)
	if err == nil && !slices.Contains(apiFaults, f.Kind) && !slices.Contains(webhookFaults, f.Kind) {
		err = errors.New("kind must be one of " + strings.Join(slices.Concat(apiFaults, webhookFaults), ", "))
	}
	if err == nil && (f.Left < 0 || f.MS < 0 || f.MS > 600_000 || f.Copies < 0 || f.Copies > 50) {
		err = errors.New("count, ms (to 600000) and copies (to 50) must not be negative")
	}
	if err != nil {
		say(w, http.StatusBadRequest, map[string]any{"error": err.Error()})
		return
	}
	f.Forever = f.Left == 0
	body, err := json.Marshal(f)
	if err == nil {
		_, err = s.books.write.ExecContext(r.Context(), `INSERT INTO faults (body) VALUES (?)`, string(body))
	}
	if err != nil {
		s.sayError(w, err)
		return
	}
	s.showFaults(w, r)
}

func readFault(r *http.Request) (f fault, err error) {
	if strings.HasPrefix(r.Header.Get("Content-Type"), "application/json") {
		dec := json.NewDecoder(http.MaxBytesReader(nil, r.Body, 64<<10))
		dec.DisallowUnknownFields()
		return f, dec.Decode(&f)
	}
	f.Kind, f.Match = r.PostFormValue("kind"), r.PostFormValue("match")
	for name, to := range map[string]*int64{"count": &f.Left, "ms": &f.MS, "copies": &f.Copies} {
		if v := r.PostFormValue(name); v != "" {
			if *to, err = strconv.ParseInt(v, 10, 64); err != nil {
				return f, err
			}
		}
	}
	return f, nil
}

func (s *Sim) clearFaults(w http.ResponseWriter, r *http.Request) {
	if _, err := s.books.write.ExecContext(r.Context(), `DELETE FROM faults`); err != nil {
		s.sayError(w, err)
		return
	}
	s.showFaults(w, r)
}
