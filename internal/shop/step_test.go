package shop

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// moves writes a machine as the test tables below do: "from: to to to", with
// "new" for what stands before the first state.
func moves[S ~string](m Moves[S]) []string {
	var lines []string
	for from, tos := range m.Plain() {
		slices.Sort(tos)
		lines = append(lines, cmp.Or(from, "new")+": "+strings.Join(tos, " "))
	}
	slices.Sort(lines)
	return lines
}

var machines = []struct {
	name    string
	machine Moves[string]
	lines   []string
	states  []string
}{
	{"order", OrderMoves.Plain(), []string{
		"cancelled: paid",
		"new: pending",
		"pending: cancelled paid processing",
		"processing: cancelled paid",
	}, []string{"", "pending", "processing", "paid", "cancelled"}},
	{"attempt", AttemptMoves.Plain(), []string{
		"creating: expired failed late open paid processing superseded",
		"expired: late paid processing",
		"failed: late paid processing",
		"new: creating",
		"open: expired failed late paid processing superseded",
		"processing: expired failed late paid",
		"superseded: late paid processing",
	}, []string{"", "creating", "open", "processing", "paid", "expired", "superseded", "failed", "late"}},
	{"refund", RefundMoves.Plain(), []string{
		"new: recorded",
		"pending: failed succeeded",
		"recorded: failed pending succeeded",
		"succeeded: failed",
	}, []string{"", "recorded", "pending", "succeeded", "failed"}},
	{"parcel", ParcelMoves.Plain(), []string{
		"delivered: shipped",
		"new: shipped",
		"shipped: delivered undone",
	}, []string{"", "shipped", "delivered", "undone"}},
	{"return", ReturnMoves.Plain(), []string{
		"arrived: closed",
		"new: requested",
		"requested: arrived cancelled expired sent",
		"sent: arrived",
	}, []string{"", "requested", "sent", "arrived", "closed", "cancelled", "expired"}},
	{"fulfilment", FulfilmentMoves.Plain(), []string{
		"delivered: fulfilled partial unfulfilled",
		"fulfilled: delivered partial unfulfilled",
		"new: unfulfilled",
		"partial: delivered fulfilled unfulfilled",
		"unfulfilled: cancelled fulfilled partial",
	}, []string{"", "unfulfilled", "partial", "fulfilled", "delivered", "cancelled"}},
	{"dispute", DisputeMoves.Plain(), []string{
		"lost: won",
		"needs_response: lost under_review won",
		"new: lost needs_response under_review warning_closed warning_needs_response warning_under_review won",
		"under_review: lost won",
		"warning_closed: lost needs_response under_review won",
		"warning_needs_response: lost needs_response under_review warning_closed warning_under_review won",
		"warning_under_review: lost needs_response under_review warning_closed won",
		"won: lost",
	}, []string{"", "warning_needs_response", "warning_under_review", "warning_closed", "needs_response", "under_review", "won", "lost"}},
	{"hold", HoldMoves.Plain(), []string{
		"held: released sold",
		"new: held",
	}, []string{"", "held", "sold", "released"}},
}

func TestEachMachineIsAsWritten(t *testing.T) {
	for _, tt := range machines {
		t.Run(tt.name, func(t *testing.T) {
			if got := moves(tt.machine); !slices.Equal(got, tt.lines) {
				t.Errorf("it is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.lines, "\n"))
			}
		})
	}
}

// TestEveryOtherMoveIsRefused tries each state against each, itself and one
// that nobody knows among them.
func TestEveryOtherMoveIsRefused(t *testing.T) {
	for _, tt := range machines {
		for _, from := range append(tt.states, "unheard of") {
			for _, to := range append(tt.states, "unheard of") {
				t.Run(fmt.Sprintf("%s from %q to %q", tt.name, from, to), func(t *testing.T) {
					checkMove(t, tt.machine, tt.lines, from, to)
				})
			}
		}
	}
}

func checkMove(t *testing.T, machine Moves[string], lines []string, from, to string) {
	written := cmp.Or(from, "new")
	allowed := slices.ContainsFunc(lines, func(line string) bool {
		state, tos, _ := strings.Cut(line, ": ")
		return state == written && slices.Contains(strings.Fields(tos), to)
	})
	err := machine.Check(from, to)
	if allowed && err != nil {
		t.Errorf("refused: %v", err)
	}
	if !allowed && KindOf(err) != KindConflict {
		t.Errorf("not refused: %v", err)
	}
}

func TestTheMachinesOfStepRowsAreTheRules(t *testing.T) {
	all := Machines()
	for _, tt := range machines {
		if tt.name == "hold" {
			continue // holds have no step rows
		}
		if !slices.Equal(moves(all[tt.name]), tt.lines) {
			t.Errorf("the machine %q for step rows is another", tt.name)
		}
		delete(all, tt.name)
	}
	if len(all) != 0 {
		t.Errorf("machines this test does not know: %v", all)
	}
}

func TestAnAttemptIsLiveWhileItMayBePaid(t *testing.T) {
	live := []AttemptState{AttemptCreating, AttemptOpen, AttemptProcessing}
	for _, s := range machines[1].states {
		if got := AttemptState(s).Live(); got != slices.Contains(live, AttemptState(s)) {
			t.Errorf("%q: live %v", s, got)
		}
	}
}
