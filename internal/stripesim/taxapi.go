package stripesim

import (
	"database/sql"
	"errors"
	"net/http"
)

// taxSettings are those of Stripe Tax for the whole account.
type taxSettings struct {
	Object        string           `json:"object"`
	Defaults      taxDefaults      `json:"defaults"`
	HeadOffice    *taxHeadOffice   `json:"head_office"`
	Livemode      bool             `json:"livemode"`
	Status        string           `json:"status"`
	StatusDetails taxStatusDetails `json:"status_details"`
}

type taxDefaults struct {
	TaxBehavior *string `json:"tax_behavior"`
	TaxCode     *string `json:"tax_code"`
}

type taxHeadOffice struct {
	Address address `json:"address"`
}

type taxStatusDetails struct {
	Active  *struct{}   `json:"active,omitempty"`
	Pending *taxPending `json:"pending,omitempty"`
}

type taxPending struct {
	MissingFields []string `json:"missing_fields"`
}

// taxPendingSetting is the name of the switch for an account that was never told where its head office is.
const taxPendingSetting = "tax_pending"

// getTaxSettings answers GET /v1/tax/settings: active, until a control says otherwise.
func getTaxSettings(*call) action {
	return func(l *ledger) (any, error) {
		var pending int
		err := l.QueryRowContext(l.ctx, `SELECT value FROM settings WHERE name=?`, taxPendingSetting).Scan(&pending)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
		s := &taxSettings{Object: "tax.settings", Status: "active", StatusDetails: taxStatusDetails{Active: &struct{}{}}}
		if pending == 1 {
			s.Status, s.StatusDetails = "pending", taxStatusDetails{Pending: &taxPending{[]string{"head_office"}}}
			return s, nil
		}
		country, state, behaviour, code := "US", "OR", "exclusive", "txcd_99999999"
		s.HeadOffice = &taxHeadOffice{address{Country: &country, State: &state}}
		s.Defaults = taxDefaults{&behaviour, &code}
		return s, nil
	}
}

// setTax makes Stripe Tax pending or active.
func (s *Sim) setTax(w http.ResponseWriter, r *http.Request) {
	value, ok := map[string]int{"active": 0, "pending": 1}[r.PostFormValue("status")]
	if !ok {
		say(w, http.StatusBadRequest, map[string]any{"error": "status is active or pending"})
		return
	}
	err := s.change(r.Context(), eventRequest{}, func(l *ledger) error {
		_, err := l.ExecContext(l.ctx, `INSERT INTO settings (name, value) VALUES (?,?)
			ON CONFLICT (name) DO UPDATE SET value=excluded.value`, taxPendingSetting, value)
		return err
	})
	if err != nil {
		s.sayError(w, err)
		return
	}
	say(w, http.StatusOK, map[string]any{"status": r.PostFormValue("status")})
}
