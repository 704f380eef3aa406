package shop_test

import (
	"testing"

	"longrun/internal/shop"
)

func TestAsManyAreToldAsThereArePairsNobodyWasToldOf(t *testing.T) {
	tests := []struct {
		name       string
		free, told int64
		counted    bool
		want       int
	}{
		{"none are back", 0, 0, true, 0},
		{"two are back", 2, 0, true, 2},
		{"two are back, one was told of", 2, 1, true, 1},
		{"fewer are left than were told of", 1, 3, true, 0},
		{"more are sold than there are", -2, 0, true, 0},
		{"a lorry full", 10_000, 0, true, shop.WaitBatch},
		{"without counts there are always enough", 0, 40, false, shop.WaitBatch},
	}
	for _, tt := range tests {
		if got := shop.TellWaiting(tt.free, tt.counted, tt.told); got != tt.want {
			t.Errorf("%s: %d are told, want %d", tt.name, got, tt.want)
		}
	}
}

func TestHowManyWaitIsSaidInWords(t *testing.T) {
	for n, want := range map[int]string{0: "", 1: "1 waits", 2: "2 wait", 199: "199 wait", 200: "200 or more wait"} {
		if got := shop.Waiting(n, 200); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
