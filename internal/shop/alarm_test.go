package shop

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSettingsOlderThanACauseHaveItOn(t *testing.T) {
	got := AlarmSwitches([]AlarmSwitch{{AlarmDeadJob, false}, {"of yesterday", true}, {AlarmNewOrder, true}})
	var want []AlarmSwitch
	for _, kind := range AlarmKinds() {
		want = append(want, AlarmSwitch{kind, kind != AlarmDeadJob})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEveryCauseHasAName(t *testing.T) {
	for _, kind := range AlarmKinds() {
		if kind.Title() == string(kind) || kind.Title() == "" {
			t.Errorf("%q is called %q", kind, kind.Title())
		}
	}
	if AlarmKind("x").Title() != "x" {
		t.Error("a cause of another release has no name")
	}
}
