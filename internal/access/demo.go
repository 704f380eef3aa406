package access

import (
	"context"
	"errors"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// The owner of a development shop. No other shop has a default account.
const (
	DemoEmail    = "owner@longrun.example"
	DemoPassword = "four easy miles home"
)

// MakeDemoOwner makes the owner of a development shop unless somebody is
// there already, and says whether it is there to sign in. The caller makes
// sure that this is one.
func (s *Service) MakeDemoOwner(ctx context.Context) (bool, error) {
	people, err := s.db.StaffList(ctx)
	if err != nil {
		return false, err
	}
	for i := range people {
		if people[i].Email == DemoEmail {
			return people[i].State == shop.StaffActive, nil
		}
	}
	if len(people) > 0 {
		return false, nil
	}
	hash, err := s.hash(ctx, DemoPassword)
	if err != nil {
		return false, err
	}
	err = s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		owner := shop.Staff{Email: DemoEmail, Name: "Demo Owner", Role: shop.RoleOwner, State: shop.StaffActive, PasswordHash: hash}
		if err := tx.AddStaff(ctx, &owner); err != nil {
			return err
		}
		note(tx, shop.ByCommand, "staff.demo_owner_made", owner.ID, details{"email": owner.Email})
		return nil
	})
	if errors.Is(err, shop.ErrExists) {
		return true, nil
	}
	return err == nil, err
}
