package shop_test

import (
	"testing"
	"time"

	"longrun/internal/shop"
)

func TestTheMatrixOfRolesAndActions(t *testing.T) {
	all := map[shop.StaffRole]bool{shop.RoleOwner: true, shop.RoleManager: true, shop.RoleSupport: true, shop.RoleEditor: true}
	counter := map[shop.StaffRole]bool{shop.RoleOwner: true, shop.RoleManager: true, shop.RoleSupport: true}
	desk := map[shop.StaffRole]bool{shop.RoleOwner: true, shop.RoleManager: true, shop.RoleEditor: true}
	lead := map[shop.StaffRole]bool{shop.RoleOwner: true, shop.RoleManager: true}
	want := map[shop.Action]map[shop.StaffRole]bool{
		shop.CanEnter:       all,
		shop.CanOwnAccount:  all,
		shop.CanManageStaff: {shop.RoleOwner: true},
		shop.CanReadAudit:   lead,

		shop.CanSeeCatalog: all, shop.CanEditCatalog: desk, shop.CanDropProducts: lead, shop.CanMoveStock: counter,
		shop.CanSeeOrders: counter, shop.CanFulfil: counter, shop.CanCancelOrders: counter, shop.CanSettleReview: lead, shop.CanTakeBack: counter,
		shop.CanChangeSettings: lead, shop.CanOperate: lead, shop.CanHandleData: lead,

		"":           {},
		"unheard of": {},
	}
	for action, roles := range want {
		for _, role := range append(shop.StaffRoles(), "", "king") {
			for _, state := range []shop.StaffState{shop.StaffActive, shop.StaffInvited, shop.StaffDisabled, ""} {
				who := shop.Staff{Role: role, State: state}
				if got := who.May(action); got != (roles[role] && state == shop.StaffActive) {
					t.Errorf("%s %q may %q: %v", state, role, action, got)
				}
			}
		}
	}
}

func TestAnAddressIsCleanedAndChecked(t *testing.T) {
	tests := []struct{ typed, want string }{
		{"ada@shop.example", "ada@shop.example"}, {" Ada.Moss@Shop.Example\n", "ada.moss@shop.example"},
		{"", ""}, {"ada", ""}, {"Ada <ada@shop.example>", ""}, {"ada@shop.example, eve@shop.example", ""},
		{"ada@shop.example\r\nBcc: eve@shop.example", ""}, {"a@b@c", ""}, {"@", ""},
	}
	for _, tt := range tests {
		got, err := shop.CleanStaffEmail(tt.typed)
		if got != tt.want || (err == nil) != (tt.want != "") {
			t.Errorf("%q is %q, %v", tt.typed, got, err)
		}
	}
}

func TestHowLongAFailureCosts(t *testing.T) {
	now := shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	limit := shop.SignInLimit{Free: 3, Longest: 20 * time.Second}
	tests := []struct {
		name     string
		failures int64
		ago      time.Duration
		want     time.Duration
	}{
		{"none", 0, 0, 0}, {"two", 2, 0, 0}, {"three", 3, 0, time.Second}, {"four", 4, 0, 2 * time.Second},
		{"seven", 7, 0, 16 * time.Second}, {"eight: the most", 8, 0, 20 * time.Second}, {"a million: the most", 1_000_000, 0, 20 * time.Second},
		{"four, half of it waited", 4, time.Second, time.Second}, {"four, waited longer", 4, time.Minute, 0}, {"forgotten", 100, shop.SignInForget, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := shop.SignInCount{Failures: tt.failures, LastAt: now.Add(-tt.ago)}
			if got := limit.Wait(c, now); got != tt.want {
				t.Errorf("%v, want %v", got, tt.want)
			}
			want := tt.failures + 1
			if tt.ago >= shop.SignInForget {
				want = 1
			}
			if got := c.Failed(now); got.Failures != want || got.LastAt != now {
				t.Errorf("after one more: %+v, want %d", got, want)
			}
		})
	}
}
