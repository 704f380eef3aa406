package stripesim

import (
	"encoding/json"
	"slices"
	"strings"
)

// defaultEndpoint is the delivery target given by Options; it exists without a row.
const defaultEndpoint = "default"

// shopEvents are the types that the default endpoint subscribes to; a trailing dot takes the whole family.
var shopEvents = []string{
	"checkout.session.", "charge.refunded", "charge.refund.updated", "refund.", "charge.dispute.", "radar.early_fraud_warning.",
}

func subscribed(patterns []string, eventType string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		return p == "*" || p == eventType || strings.HasSuffix(p, ".") && strings.HasPrefix(eventType, p)
	})
}

// emit records that something happened to o, and owes a delivery to every endpoint that wants to know.
func (l *ledger) emit(eventType string, o object, previous map[string]any) error {
	snapshot, err := l.render(o, nil)
	if err != nil {
		return err
	}
	e := &event{
		ID: newID("evt_1", 23), Object: kindEvent, APIVersion: apiVersion, Created: l.now,
		Data: eventData{snapshot, previous}, Request: l.origin, Type: eventType,
	}
	if err := l.insert(e); err != nil {
		return err
	}
	l.emitted = append(l.emitted, e.ID)
	targets, err := l.subscribers(eventType)
	if err != nil {
		return err
	}
	for _, target := range targets {
		if err := l.owe(e.ID, target); err != nil {
			return err
		}
	}
	return nil
}

// subscribers names the endpoints that an event of the type goes to.
func (l *ledger) subscribers(eventType string) ([]string, error) {
	var targets []string
	all, err := children[endpoint](l.tx, kindEndpoint, "")
	if subscribed(shopEvents, eventType) && !l.sim.replaced(all) {
		targets = append(targets, defaultEndpoint)
	}
	for _, e := range all {
		if e.Status == "enabled" && subscribed(e.EnabledEvents, eventType) {
			targets = append(targets, e.ID)
		}
	}
	return targets, err
}

// replaced says whether an endpoint made by the API has taken the place of the default one, by its address.
func (s *Sim) replaced(all []endpoint) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(all, func(e endpoint) bool { return e.Status == "enabled" && e.URL == s.webhook.url })
}

func (l *ledger) owe(eventID, target string) error {
	_, err := l.ExecContext(l.ctx,
		`INSERT INTO deliveries (event, endpoint, state, tries, next_ms) VALUES (?,?,'pending',0,0)`, eventID, target)
	return err
}

func getEvent(c *call) action {
	return func(l *ledger) (any, error) {
		e, err := inPath[event](l, kindEvent, c.r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		return e, l.countPending(e)
	}
}

// countPending fills in how many endpoints have not taken the event yet.
func (l *ledger) countPending(e *event) error {
	return l.QueryRowContext(l.ctx, `SELECT count(*) FROM deliveries WHERE event=? AND state<>'delivered'`, e.ID).
		Scan(&e.PendingWebhooks)
}

func listEvents(c *call) action {
	q := readPage(c.p)
	q.readCreated(c.p)
	q.types = c.p.strs("types", 20, 200)
	if t := c.p.str("type", 200); t != "" {
		if q.types != nil {
			c.p.fail(exclusive("type", "types"))
		}
		q.types = []string{t}
	}
	if c.p.has("delivery_success") {
		yes := c.p.bool("delivery_success")
		q.delivered = &yes
	}
	return func(l *ledger) (any, error) {
		found, err := l.list(kindEvent, c.r.URL.Path, q)
		if err != nil {
			return nil, err
		}
		for i, body := range found.Data {
			var e event
			if err := json.Unmarshal(body, &e); err != nil {
				return nil, err
			}
			if err := l.countPending(&e); err != nil {
				return nil, err
			}
			if found.Data[i], err = json.Marshal(e); err != nil {
				return nil, err
			}
		}
		return found, nil
	}
}
