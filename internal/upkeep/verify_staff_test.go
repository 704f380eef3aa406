package upkeep_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// staffBreakages break what must be true of an owner (1) and an editor (2),
// each of whom has a session.
var staffBreakages = []struct{ name, breaks, says, mends string }{
	{"a session of somebody disabled", "UPDATE staff SET state = 'disabled' WHERE id = 2",
		"staff session 2: it is of staff 2, who is disabled", "UPDATE staff SET state = 'active' WHERE id = 2"},
	{"somebody who may come in without a password", "UPDATE staff SET password_hash = '' WHERE id = 2",
		"staff staff 2: the state is active, and the password does not fit that", "UPDATE staff SET password_hash = 'x' WHERE id = 2"},
	{"no owner", "UPDATE staff SET role = 'manager' WHERE id = 1",
		"staff of 2 people who may sign in, none is an owner", "UPDATE staff SET role = 'owner' WHERE id = 1"},
	{"an invitation of nobody", "UPDATE mails SET thing_id = 77 WHERE kind = 'staff_invitation'",
		"5 mail 3: it is to staff 77, who is not there", "UPDATE mails SET thing_id = 1 WHERE kind = 'staff_invitation'"},
	{"a cut tail of the audit log", "UPDATE audit_head SET count = count + 1",
		"7 audit: the chain ends at 1, its head says 2", "UPDATE audit_head SET count = count - 1"},
}

func TestVerifyCatchesBrokenRowsOfStaff(t *testing.T) {
	each(t, func(t *testing.T, db *database.DB, raw *sql.DB) {
		transact(t, db, func(ctx context.Context, tx *database.Tx) error {
			for _, who := range []shop.Staff{{Email: "a@shop.example", Role: shop.RoleOwner}, {Email: "b@shop.example", Role: shop.RoleEditor}} {
				who.Name, who.State, who.PasswordHash = "Somebody", shop.StaffActive, "x"
				if err := tx.AddStaff(ctx, &who); err != nil {
					return err
				}
				if err := tx.AddSession(ctx, &shop.StaffSession{StaffID: who.ID, Stage: shop.SessionFull}, who.Email); err != nil {
					return err
				}
			}
			return tx.EnqueueMail(ctx, shop.Mail{Kind: shop.MailStaffInvitation, Key: "staff-invitation:1", Recipient: "a@shop.example", ThingID: 1})
		})
		if violations, _ := verify(t, db); len(violations) > 0 {
			t.Fatalf("broken already:\n%s", strings.Join(violations, "\n"))
		}
		unguard(t, db, raw)
		for _, tt := range staffBreakages {
			exec(t, raw, tt.breaks)
			if violations, _ := verify(t, db); !has(violations, tt.says) {
				t.Errorf("%s: said:\n%s\nwant:\n%s", tt.name, strings.Join(violations, "\n"), tt.says)
			}
			exec(t, raw, tt.mends)
			if violations, _ := verify(t, db); len(violations) > 0 {
				t.Fatalf("%s: after mending:\n%s", tt.name, strings.Join(violations, "\n"))
			}
		}
	})
}
