package app

import (
	"cmp"
	"runtime/debug"

	"longrun/internal/payment"
	"longrun/internal/web/staff"
)

// system is what the staff area's pages of the system stand on.
func (a *App) system() staff.System {
	mode := "test"
	switch {
	case a.Config.Stripe.Simulated:
		mode = "simulator"
	case a.Config.Stripe.Live():
		mode = "live"
	}
	return staff.System{
		Upkeep: a.Upkeep, Post: a.Post, Settings: a.Settings,
		Release: cmp.Or(a.Release, "development"), Revision: Revision(),
		StripeVersion: payment.APIVersion, StripeMode: mode,
	}
}

// Revision is the commit that this program was built from, "unknown" where
// the build does not say.
func Revision() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				return s.Value
			}
		}
	}
	return "unknown"
}
