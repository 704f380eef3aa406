package privacy_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/upkeep"
)

// left counts what a retention lets go, by its kind.
var left = map[string]string{
	shop.RetainBags:           "SELECT count(*) FROM carts",
	shop.RetainGivenUp:        "SELECT count(*) FROM orders WHERE state = 'cancelled' AND note <> ''",
	shop.RetainSold:           "SELECT count(*) FROM order_contacts WHERE name <> ''",
	shop.RetainMessages:       "SELECT count(*) FROM contact_messages",
	shop.RetainMails:          "SELECT count(*) FROM mails WHERE recipient <> ''",
	shop.RetainEvents:         "SELECT count(*) FROM stripe_events WHERE payload <> ''",
	shop.RetainVisitors:       "SELECT count(*) FROM order_visitors",
	shop.RetainSignIns:        "SELECT count(*) FROM sign_in_counts",
	shop.RetainAccountIdle:    "SELECT count(*) FROM account_sessions WHERE agent <> 'new'",
	shop.RetainAccountOld:     "SELECT count(*) FROM account_sessions",
	shop.RetainAccountSignIns: "SELECT count(*) FROM account_sign_ins",
	shop.RetainAccountChanges: "SELECT count(*) FROM account_email_changes",
	shop.RetainWaitsAsked:     "SELECT count(*) FROM stock_waits WHERE state = 'asked'",
	shop.RetainWaits:          "SELECT count(*) FROM stock_waits WHERE state = 'waiting'",
	shop.RetainWaitsEnded:     "SELECT count(*) FROM stock_waits WHERE state = 'left'",
	shop.RetainWaitsUnwanted:  "SELECT count(*) FROM stock_waits WHERE state = 'unwanted'",
	shop.RetainWaitLinks:      "SELECT count(*) FROM links WHERE purpose = 'wait'",
	shop.RetainJobs:           "SELECT count(*) FROM jobs WHERE state = 'done'",
	shop.RetainPrivacyLink:    "SELECT count(*) FROM privacy_requests WHERE kind = 'link'",
	shop.RetainPrivacy:        "SELECT count(*) FROM privacy_requests WHERE kind <> 'link'",
	shop.RetainLinks:          "SELECT count(*) FROM links WHERE expires_at IS NOT NULL",
	shop.RetainAlarms:         "SELECT count(*) FROM alarms",
	shop.RetainVerifyRuns:     "SELECT count(*) FROM verify_runs",
	shop.RetainSessions:       "SELECT count(*) FROM staff_sessions",
	shop.RetainChanges:        "SELECT count(*) FROM changes",
}

// TestWhatIsADayTooYoungStaysAndWhatIsOldGoes makes one of everything and
// walks through time from the end of one kind's to that of the next.
func TestWhatIsADayTooYoungStaysAndWhatIsOldGoes(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		o := w.lives(ada)
		w.oneOfEach(o)
		w.Exec("UPDATE mails SET state = 'handed', handed_at = created_at")
		w.Exec("UPDATE jobs SET state = 'done', finished_at = created_at")
		begun := w.Now()
		settings, err := w.DB.Settings(t.Context())
		must(t, err)
		over := func(r shop.Retention) time.Time {
			switch {
			case r.Kind == shop.RetainLinks: // counted from when they run out
				return begun.Add(r.Keep + shop.PrivacyLinkLife).Time
			case r.Keep > 0:
				return begun.Add(r.Keep).Time
			}
			return time.Date(begun.In(settings.Location()).Year()+settings.TaxYears+1, 1, 1, 0, 0, 0, 0, settings.Location())
		}
		all := shop.Retentions()
		slices.SortStableFunc(all, func(a, b shop.Retention) int { return over(a).Compare(over(b)) })
		for len(all) > 0 {
			n := 1
			for n < len(all) && over(all[n]).Equal(over(all[0])) {
				n++
			}
			w.night(over(all[0]).Add(-time.Hour))
			for _, r := range all[:n] {
				if w.Count(left[r.Kind]) == 0 {
					t.Errorf("%s are gone an hour too early, or never were", r.Kind)
				}
			}
			w.night(over(all[0]).Add(time.Hour))
			counts, err := w.DB.RetentionCounts(t.Context())
			must(t, err)
			for _, r := range all[:n] {
				if n := w.Count(left[r.Kind]); n != 0 {
					t.Errorf("%d of %s are still there", n, r.Kind)
				}
				if c := counts[r.Kind]; c.Gone == 0 || c.Total < c.Gone {
					t.Errorf("of %s the last run says %+v", r.Kind, c)
				}
			}
			all = all[n:]
			w.Verified()
		}
		if kept := w.Again(o); kept.Number == nil || kept.Contact.State == "" || kept.GrandTotal() != o.GrandTotal() {
			t.Errorf("what tax law asks for is not kept: %+v", kept)
		}
	})
}

// night moves the shop's clock and lets go of what is old then.
func (w *world) night(at time.Time) {
	w.T.Helper()
	w.AdvanceOurs(at.Sub(w.Now().Time))
	must(w.T, upkeep.New(w.DB, nil).Retention(w.T.Context()))
}

// oneOfEach makes what a shop has of the kinds that a sale alone does not make.
func (w *world) oneOfEach(o shop.Order) {
	w.T.Helper()
	now := w.Now()
	w.Tx(func(ctx context.Context, tx *database.Tx) error {
		must(w.T, tx.AddVisitor(ctx, o.ID, "visitor:x"))
		if _, err := tx.Ask(ctx, "find:x", shop.FindLimit); err != nil {
			return err
		}
		link := shop.PrivacyRequest{Kind: shop.PrivacyLink, Key: "l", State: shop.PrivacyOpen, Who: shop.ByShopper}
		if _, err := tx.AddPrivacyRequest(ctx, &link, ada.email); err != nil {
			return err
		}
		out := tx.Now().Add(shop.PrivacyLinkLife)
		if _, err := tx.NewLink(ctx, shop.LinkPrivacy, int64(link.ID), &out); err != nil {
			return err
		}
		_, err := tx.AddPrivacyRequest(ctx, &shop.PrivacyRequest{Kind: shop.PrivacyExport, Key: "e", State: shop.PrivacyDone, Who: shop.ByShopper}, ada.email)
		must(w.T, err)
		if _, err := tx.NewLink(ctx, shop.LinkWait, 1, nil); err != nil {
			return err
		}
		return tx.Changed(ctx, shop.ChangeCatalog, "")
	})
	for _, state := range []string{"asked", "waiting", "left", "unwanted"} {
		w.Exec("INSERT INTO stock_waits (variant_id, email, address, state, round, asked_at, joined_at, ended_at) SELECT min(id), ?, ?, ?, 0, ?, ?, ? FROM variants",
			map[bool]string{true: "", false: state}[state == "unwanted" || state == "left"], map[bool]string{true: "", false: state}[state == "left"], state, now, map[bool]any{true: nil, false: now}[state == "asked"], map[bool]any{true: nil, false: now}[state == "asked" || state == "waiting"])
	}
	// One session that is still used when the other has long been idle.
	w.Exec("INSERT INTO account_sessions (account_id, digest, bag_digest, network, agent, created_at, seen_at) VALUES (1, ?, ?, '', 'new', ?, ?)",
		[]byte{1}, []byte{2}, now, now.Add(300*24*time.Hour))
	w.Exec("INSERT INTO alarms (kind, key, message, url, times, opened_at, last_at, closed_at, closed_by, note) VALUES ('x', '', '', '', 1, ?, ?, ?, '', '')", now, now, now)
	w.Exec("INSERT INTO verify_runs (key, state, who, started_at, ended_at, violations, notices, report, failure) VALUES ('v', 'ended', '', ?, ?, 0, 0, '{}', '')", now, now)
	w.Exec("INSERT INTO staff (email, name, role, state, password_hash, sealed_secret, last_step, created_at) VALUES ('o@shop.example', 'O', 'owner', 'active', 'x', ?, 0, ?)", []byte{}, now)
	w.Exec("INSERT INTO staff_sessions (staff_id, digest, stage, network, agent, created_at, seen_at, confirmed_at) VALUES (1, ?, 'full', '', '', ?, ?, ?)", []byte{1}, now, now, now)
}
