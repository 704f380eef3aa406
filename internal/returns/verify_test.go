package returns_test

import (
	"strings"
	"testing"

	"longrun/internal/upkeep"
)

// returnBreakages are breakages of a shop in which the first piece of an order
// came back for its money and the second is awaited for another size.
var returnBreakages = []struct{ name, breaks, says string }{
	{"a piece that never left", "UPDATE order_units SET state = 'waiting' WHERE id = (SELECT unit_id FROM return_units WHERE reception = 'awaited')", "or was not sent (waiting)"},
	{"a piece of another order", "UPDATE returns SET order_id = (SELECT max(id) FROM orders) WHERE state = 'requested'", "the piece is of another order"},
	{"a closed return with an awaited piece", "UPDATE returns SET state = 'closed' WHERE state = 'requested'", "1 of its pieces do not fit that"},
	{"a closed return that never ended", "UPDATE returns SET closed_at = NULL WHERE state = 'closed'", "the moments it carries do not fit that"},
	{"an answer that is due for what is closed", "UPDATE returns SET answer_due_at = asked_at WHERE state = 'closed'", "the moments it carries do not fit that"},
	{"an awaited piece that is free", "UPDATE return_units SET live = (1 = 0) WHERE reception = 'awaited'", "whether it is live and has ended does not fit that"},
	{"a received piece that nobody looked at", "UPDATE return_units SET condition = '' WHERE reception = 'received'", "whether it is live and has ended does not fit that"},
	{"an order that sends nothing in exchange", "UPDATE orders SET exchange_of = NULL WHERE exchange_of IS NOT NULL", "is not what that needs"},
	{"an exchange for which nobody asked", "UPDATE orders SET exchange_of = 1 WHERE id = 1", "or nothing asked for it"},
	{"an exchange that lets go too early", "UPDATE orders SET state = 'cancelled' WHERE exchange_of IS NOT NULL", "is not what that needs"},
	{"money for a piece that did not come back", "UPDATE return_units SET refund_id = NULL WHERE refund_id IS NOT NULL", "gives back 1 pieces, of which 0 came back"},
	{"a piece that came back for nothing", "UPDATE refund_units SET unit_id = (SELECT unit_id FROM return_units WHERE reception = 'awaited')", "nothing gives that back"},
	{"a state that no step led to", "UPDATE returns SET state = 'arrived', arrived_at = asked_at, answer_due_at = asked_at WHERE state = 'requested'", "8 return"},
}

func TestVerifyCatchesBrokenReturns(t *testing.T) {
	for _, tt := range returnBreakages {
		t.Run(tt.name, func(t *testing.T) {
			each(t, func(t *testing.T, d *desk) {
				v := d.sizes(5, 1)
				o := d.sent(2, v[0])
				d.sent(1, v[0])
				d.receive(d.ask(o, refundOf(units(o)[0])))
				d.ask(o, exchangeOf(units(o)[1], v[1]))
				d.Clean()
				d.Exec(tt.breaks)
				if strings.Contains(tt.says, "for nothing") || strings.Contains(tt.says, "nothing gives") {
					d.Exec("UPDATE return_units SET refund_id = NULL WHERE refund_id IS NOT NULL")
				}
				violations, _, err := upkeep.New(d.DB, nil).Verify(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				var said []string
				for _, v := range violations {
					said = append(said, v.Rule+" "+v.Line)
				}
				if all := strings.Join(said, "\n"); !strings.Contains(all, tt.says) {
					t.Errorf("said:\n%s\nwant: %s", all, tt.says)
				}
			})
		})
	}
}
