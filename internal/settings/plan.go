package settings

import (
	"context"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Change is what saving settings would do.
type Change struct {
	Now          shop.Settings     // in force
	Wanted       shop.Settings     // what they would become; its Version is that of Now
	Differences  []shop.Difference // between the two, none where nothing would change
	Consequences []string          // sentences on what follows from them
	Doubts       []string          // sentences on what is hardly meant; saving wants to be sure
	Theirs       []shop.Difference // what others have changed since, where they have
}

// Plan says what saving would do, and writes nothing. version is that of the
// settings which the wanted ones were made from. KindInvalid names all that is
// wrong with them, by setting. When others have changed settings since, it is
// KindConflict, and the Change has what they did and, as Wanted, the settings
// in force with only the caller's own changes put on top.
func (s *Service) Plan(ctx context.Context, version int64, wanted shop.Settings) (Change, error) {
	return s.plan(ctx, s.db.Reader, version, wanted)
}

func (s *Service) plan(ctx context.Context, r database.Reader, version int64, wanted shop.Settings) (Change, error) {
	if err := s.check(&wanted); err != nil {
		return Change{}, err
	}
	now, err := r.Settings(ctx)
	if err != nil {
		return Change{}, err
	}
	wanted.Version = now.Version
	c := Change{Now: now, Wanted: wanted, Differences: now.Differences(&wanted)}
	if len(c.Differences) == 0 {
		return c, nil // whoever saves what is there already is in nobody's way
	}
	if version != now.Version {
		return c.since(ctx, r, version)
	}
	c.Doubts = doubts(&now, &wanted)
	c.Consequences, err = consequences(ctx, r, &c)
	return c, err
}

// since answers who has not seen what others did meanwhile.
func (c Change) since(ctx context.Context, r database.Reader, version int64) (Change, error) {
	base, err := r.SettingsVersion(ctx, version)
	if shop.IsNotFound(err) {
		return Change{}, shop.Invalid("The form does not say which version of the settings it is about. Please open it again.")
	}
	if err != nil {
		return Change{}, err
	}
	c.Theirs = base.Differences(&c.Now)
	c.Wanted = shop.Rebase(base, c.Wanted, c.Now)
	c.Wanted.Version = c.Now.Version
	c.Differences = c.Now.Differences(&c.Wanted)
	return c, shop.Conflict("Somebody else has changed the settings meanwhile. Nothing of yours is saved yet; their changes are below, with yours on top. Please look again.")
}
