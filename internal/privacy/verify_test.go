package privacy_test

import (
	"strings"
	"testing"

	"longrun/internal/upkeep"
)

func TestVerifySeesWhatAnErasureLeft(t *testing.T) {
	each(t, func(t *testing.T, w *world) {
		w.lives(ada)
		w.erased(ada.email)
		w.Verified()
		empty := []byte{}
		for _, tt := range []struct{ breaks, mends, says string }{
			{"UPDATE order_contacts SET phone = '1'", "UPDATE order_contacts SET phone = ''", "the contact is still there"},
			{"UPDATE orders SET note = 'x' WHERE number = 1001", "UPDATE orders SET note = ''", "a note is still there"},
			{"INSERT INTO order_words (word, order_id) SELECT 'ada', order_id FROM order_contacts", "DELETE FROM order_words", "a word to find it by"},
			{"INSERT INTO order_attributes (order_id, name, value) SELECT order_id, 'Club', 'x' FROM order_contacts", "DELETE FROM order_attributes", "an attribute is still there"},
			{"INSERT INTO order_line_properties (order_line_id, position, name, value) SELECT min(id), 1, 'x', 'x' FROM order_lines", "DELETE FROM order_line_properties", "what they wrote on it"},
			{"UPDATE parcels SET tracking = '1Z'", "UPDATE parcels SET tracking = ''", "its tracking is still there"},
			{"UPDATE privacy_requests SET ended_at = NULL WHERE kind = 'erase'", "UPDATE privacy_requests SET ended_at = created_at WHERE kind = 'erase'", "whether its address"},
			{"UPDATE privacy_requests SET why = 'x' WHERE kind = 'erase'", "UPDATE privacy_requests SET why = '' WHERE kind = 'erase'", "no reason or no job fits"},
		} {
			w.Exec(tt.breaks)
			violations, _, err := upkeep.New(w.DB, nil).Verify(t.Context())
			must(t, err)
			found := false
			for _, v := range violations {
				found = found || v.Rule == "privacy" && strings.Contains(v.Line, tt.says)
			}
			if !found {
				t.Errorf("after %q verify says %v", tt.breaks, violations)
			}
			w.Exec(tt.mends)
		}
		w.Exec("UPDATE privacy_requests SET sealed = ?", []byte{1})
		if violations, _, _ := upkeep.New(w.DB, nil).Verify(t.Context()); len(violations) != 1 {
			t.Errorf("an address that stays after the end is %v", violations)
		}
		w.Exec("UPDATE privacy_requests SET sealed = ?", empty)
		w.Exec("DELETE FROM jobs WHERE kind = 'erase'")
		w.Verified() // it is done and needs none
		w.Exec("UPDATE privacy_requests SET state = 'open', ended_at = NULL, sealed = ?", []byte{1})
		if violations, _, _ := upkeep.New(w.DB, nil).Verify(t.Context()); len(violations) != 1 || !strings.Contains(violations[0].Line, "no job fits") {
			t.Errorf("an erasure without a job is %v", violations)
		}
	})
}
