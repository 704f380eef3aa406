package database

import (
	"context"
	"fmt"
	"strings"

	"longrun/internal/shop"
)

// forgetBatch is how many orders are forgotten in one transaction, and
// eraseBatch how many smaller things; both end well within 100 ms.
const (
	forgetBatch = 10
	eraseBatch  = 200
)

// Erasing is one kind of thing that an erasure takes away, piece by piece.
type Erasing struct {
	Kind string // for the report
	// some takes a few away and says how many; 0 is the end.
	some func(tx *Tx, ctx context.Context, p Person) (int64, error)
}

// Person is whose things an erasure takes away.
type Person struct {
	Email string
	Who   string // asked for it, an Actor
	Why   string // for the audit log; it names nobody
}

// Erasings are all that an erasure does, in its order: what shows the way to
// other things goes after them.
func Erasings() []Erasing {
	return []Erasing{
		{"bags", (*Tx).eraseBags},
		{"orders", (*Tx).eraseOrders},
		{"messages", (*Tx).eraseMessages},
		{"waits", (*Tx).eraseWaits},
		{"mails", (*Tx).eraseMails},
		{"accounts", (*Tx).eraseAccounts},
		{"requests", (*Tx).eraseRequests},
	}
}

// Erase takes a few things of one kind away and says how many; 0 is the end.
// KindConflict with a sentence when an order turns out not to be done yet.
func (tx *Tx) Erase(ctx context.Context, e Erasing, p Person) (int64, error) {
	n, err := e.some(tx, ctx, p)
	if err != nil && shop.KindOf(err) != shop.KindConflict {
		return n, fmt.Errorf("erasing %s: %w", e.Kind, err)
	}
	return n, err
}

func (tx *Tx) eraseBags(ctx context.Context, p Person) (int64, error) {
	return tx.exec(ctx, `DELETE FROM carts WHERE id IN (SELECT c.id FROM carts c WHERE `+bagOfPerson+`
		AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.cart_id = c.id AND o.state = 'pending'))`,
		map[string]any{"email": writings(p.Email)})
}

func (tx *Tx) eraseOrders(ctx context.Context, p Person) (int64, error) {
	// Those without a contact first: the others show the way to them.
	var ids []shop.OrderID
	err := tx.raw(ctx, &ids, "SELECT o.id FROM orders o WHERE o.erased_at IS NULL AND "+ofPerson+`
		ORDER BY CASE WHEN o.state = 'cancelled' THEN 0 ELSE 1 END, o.id LIMIT @limit`+tx.lock(),
		map[string]any{"email": writings(p.Email), "limit": forgetBatch})
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	open, err := tx.unfinishedOf(ctx, "o.id IN @ids", map[string]any{"ids": ids})
	if err != nil {
		return 0, err
	}
	for _, u := range open {
		if why := u.Postpones(); why != "" {
			return 0, shop.Conflict("%s", why)
		}
	}
	return int64(len(ids)), tx.ForgetOrders(ctx, ids, p.Who, p.Why)
}

func (tx *Tx) eraseMessages(ctx context.Context, p Person) (int64, error) {
	return tx.exec(ctx, "DELETE FROM contact_messages WHERE id IN (SELECT id FROM contact_messages WHERE lower(email) IN ? ORDER BY id LIMIT ?)",
		writings(p.Email), eraseBatch)
}

func (tx *Tx) eraseWaits(ctx context.Context, p Person) (int64, error) {
	return tx.exec(ctx, "DELETE FROM stock_waits WHERE address IN ?", writings(p.Email))
}

func (tx *Tx) eraseMails(ctx context.Context, p Person) (int64, error) {
	var ids []shop.MailID
	err := tx.raw(ctx, &ids, "SELECT id FROM mails WHERE lower(recipient) IN ? ORDER BY id LIMIT ?", writings(p.Email), eraseBatch)
	if err != nil || len(ids) == 0 {
		return 0, err
	}
	return int64(len(ids)), tx.forgetMails(ctx, "id IN @mails", map[string]any{"mails": ids})
}

// eraseRequests forgets what counts how often was asked for the address, and
// requests for a link to it.
func (tx *Tx) eraseRequests(ctx context.Context, p Person) (int64, error) {
	same := shop.SameEmail(p.Email)
	if _, err := tx.exec(ctx, "DELETE FROM sign_in_counts WHERE subject IN ?",
		[]string{shop.AskSubject("link-mail", same)}); err != nil {
		return 0, err
	}
	return tx.exec(ctx, "UPDATE privacy_requests SET sealed = ?, state = 'done', ended_at = ? WHERE kind = 'link' AND state <> 'done' AND digest IN ?",
		[]byte{}, tx.now, tx.digests(same))
}

// A Mention is a place where an address may stand in the middle of other
// text: what went wrong, what Stripe told, what staff wrote.
type Mention struct {
	Kind string // for the report
	id   string // the column by which it is walked
	from string // table, and the condition of a row that could have it
	text string // columns, joined
	take string // what takes it out, with the ids in its one place
}

// Mentions are all such places.
func Mentions() []Mention {
	return []Mention{
		{"failures of jobs", "id", "jobs WHERE last_error <> ''", "last_error", "UPDATE jobs SET last_error = '' WHERE id IN ?"},
		{"events of Stripe", "id", "stripe_events WHERE payload <> ''", "payload", "UPDATE stripe_events SET payload = '' WHERE id IN ?"},
		{"alarms", "id", "alarms WHERE id > 0", "message || ' ' || note",
			"UPDATE alarms SET message = 'It was about somebody who is erased.', note = '' WHERE id IN ?"},
		{"checks", "id", "verify_runs WHERE state = 'ended'", "failure || ' ' || CAST(report AS text)", "UPDATE verify_runs SET report = '{}', failure = '' WHERE id IN ?"},
		{"remarks", "id", "steps WHERE from_state = to_state", "cause", "UPDATE steps SET cause = '' WHERE id IN ?"},
		{"audit log", "seq", "audit_details WHERE seq > 0", "CAST(details AS text)", ""},
	}
}

// Mentioned are the ids of rows that name an address among the next of a
// place after one, and the last id that was looked at: "" at the end.
func (r Reader) Mentioned(ctx context.Context, m Mention, email, after string, limit int) (found []string, last string, err error) {
	var rows []struct {
		ID    string
		Named bool
	}
	// PostgreSQL compares ids with a number only.
	from := m.id + " > CAST(@after AS bigint)"
	if m.Kind == "events of Stripe" {
		from = m.id + " > @after"
	} else if after == "" {
		after = "0"
	}
	named := []string{}
	args := map[string]any{"after": after, "limit": limit}
	for i, w := range writings(email) {
		name := fmt.Sprintf("like%d", i)
		named = append(named, "lower("+m.text+") LIKE @"+name+` ESCAPE '\'`)
		args[name] = "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(w) + "%"
	}
	err = r.raw(ctx, &rows, "SELECT CAST("+m.id+" AS text) AS id, ("+strings.Join(named, " OR ")+") AS named FROM "+
		m.from+" AND "+from+" ORDER BY "+m.from[:strings.IndexByte(m.from, ' ')]+"."+m.id+" LIMIT @limit", args)
	for _, row := range rows {
		if last = row.ID; row.Named {
			found = append(found, row.ID)
		}
	}
	return found, last, err
}

// EraseMentions takes an address out of what Mentioned has found.
func (tx *Tx) EraseMentions(ctx context.Context, m Mention, ids []string, p Person) (int64, error) {
	if len(ids) == 0 {
		return 0, nil
	}
	if m.take != "" {
		return tx.exec(ctx, m.take, ids)
	}
	// What staff did to each other and to the settings is not a shopper's.
	return int64(len(ids)), tx.forgetAudit(ctx, "e.thing_kind NOT IN ('staff', 'settings') AND e.seq IN ?", ids, p.Who, p.Why)
}
