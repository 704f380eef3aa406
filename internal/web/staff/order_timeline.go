package staff

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// OrderEvent is something that happened to an order.
type OrderEvent struct {
	At   shop.Instant
	Who  string
	What string
	Note string // details from the audit log
}

// mostAudit is how many entries of the audit log an order's page shows.
const mostAudit = 100

// timeline is all that happened, newest last: steps, what staff did as the
// audit log has it, and mails. What staff did and what became of it have the
// same instant: the log's details stand beside the first step then.
func timeline(f *database.OrderFile, audit []database.AuditLine, names map[string]string) []OrderEvent {
	parcels := map[int64]int{}
	for _, p := range f.Parcels {
		parcels[int64(p.ID)] = p.Number
	}
	var events []OrderEvent
	for _, s := range f.Steps {
		events = append(events, OrderEvent{At: s.At, Who: called(names, s.Who), What: stepText(s, parcels)})
	}
	for _, e := range slices.Backward(audit) {
		told := slices.IndexFunc(events, func(of OrderEvent) bool { return of.At.Equal(e.At.Time) && of.Who == called(names, e.Who) })
		if told < 0 {
			events = append(events, OrderEvent{At: e.At, Who: called(names, e.Who), What: e.Action, Note: eventNote(e, "")})
			continue
		}
		events[told].Note = eventNote(e, events[told].What)
	}
	for _, m := range f.Mails {
		e := OrderEvent{At: m.CreatedAt, Who: "The shop", What: fmt.Sprintf("wrote to %s: %s", cmp.Or(m.Recipient, "an address that was erased"), mailText(m.Kind))}
		switch {
		case m.State == shop.MailRefused:
			e.What += " (the mail server will not have it)"
			e.Note = m.Refusal
		case m.HandedAt == nil:
			e.What += " (not handed over yet)"
		}
		events = append(events, e)
	}
	slices.SortStableFunc(events, func(a, b OrderEvent) int { return a.At.Compare(b.At.Time) })
	return events
}

// eventNote are an entry's details that say something which the step does not.
func eventNote(e database.AuditLine, said string) string {
	if e.Details == nil {
		return "(details erased)"
	}
	var fields map[string]any
	if json.Unmarshal([]byte(*e.Details), &fields) != nil {
		return ""
	}
	var notes []string
	before, _ := fields["before"].(string)
	after, _ := fields["after"].(string)
	if shop.FulfilmentMoves[shop.Fulfilment(before)] == nil && before+after != "" { // a step tells of those
		notes = append(notes, before+" → "+after)
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		text, ok := fields[name].(string)
		if ok && text != "" && name != "before" && name != "after" && !strings.Contains(said, text) {
			notes = append(notes, name+": "+text)
		}
	}
	return strings.Join(notes, ", ")
}

// stepText is a step as staff read it.
func stepText(s shop.Step, parcels map[int64]int) string {
	thing := map[string]string{"order": "Order", "attempt": "Payment", "refund": "Refund", "dispute": "Dispute", "fulfilment": "Shipping"}[s.ThingKind]
	if s.ThingKind == "parcel" {
		thing = fmt.Sprintf("Parcel %d", parcels[s.ThingID])
	}
	moved := ""
	switch {
	case s.FromState == s.ToState:
		return s.Cause
	case s.FromState == "":
		moved = s.ToState
	default:
		moved = s.FromState + " → " + s.ToState
	}
	text := cmp.Or(thing, s.ThingKind) + ": " + moved
	if s.Cause != "" && s.Cause != s.ToState {
		text += ", " + s.Cause
	}
	return text
}

func mailText(kind shop.MailKind) string {
	return strings.ReplaceAll(string(kind), "_", " ")
}

// names are what the shop's people are called, by actor.
func (s *Staff) names(ctx context.Context) (map[string]string, error) {
	people, err := s.reader.StaffList(ctx)
	names := map[string]string{
		shop.ByShopper: "The shopper", shop.ByStripe: "Stripe", shop.ByJob: "The shop", shop.ByCommand: "A command",
	}
	for i := range people {
		names[people[i].Actor()] = people[i].Name
	}
	return names, err
}

func called(names map[string]string, actor string) string { return cmp.Or(names[actor], actor) }
