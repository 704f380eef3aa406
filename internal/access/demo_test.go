package access_test

import (
	"testing"

	"longrun/internal/access"
	"longrun/internal/shop"
)

func TestADemoShopHasOneOwnerAndNoOtherShopGetsOne(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		for range 2 { // the second start finds it
			if there, err := o.MakeDemoOwner(t.Context()); err != nil || !there {
				t.Fatalf("%v %v", there, err)
			}
		}
		if _, err := o.SignIn(t.Context(), access.DemoEmail, access.DemoPassword, home); err != nil {
			t.Error(err)
		}
		people, err := o.db.StaffList(t.Context())
		if err != nil || len(people) != 1 {
			t.Errorf("%d people, %v", len(people), err)
		}
	})
	each(t, func(t *testing.T, o *office) {
		o.hire("ada@shop.example", shop.RoleOwner)
		if there, err := o.MakeDemoOwner(t.Context()); err != nil || there {
			t.Errorf("a shop with people got a demo owner: %v %v", there, err)
		}
	})
}
