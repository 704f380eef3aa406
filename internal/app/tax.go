package app

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"longrun/internal/config"
)

// needsTaxReason says whether this shop sells in earnest without working out
// taxes.
func (a *App) needsTaxReason() bool {
	return a.Config.Environment == config.Production && !a.Config.Stripe.Tax
}

// taxLook is how long the start waits for Stripe's tax settings.
const taxLook = 5 * time.Second

// checkTax refuses to serve such a shop until its settings say why, and one
// that works taxes out until Stripe can. While Stripe does not answer, it is
// believed: a shop that cannot start helps nobody.
func (a *App) checkTax(ctx context.Context) error {
	if a.Config.Stripe.Tax && a.Config.Environment != config.Development {
		return a.checkTaxSettings(ctx)
	}
	if !a.needsTaxReason() {
		return nil
	}
	settings, err := a.DB.Settings(ctx)
	if err == nil && strings.TrimSpace(settings.TaxOffReason) == "" {
		err = errors.New(`STRIPE_TAX is off and the settings do not say why; longrun settings set tax_off_reason "…" gives the reason`)
	}
	return err
}

func (a *App) checkTaxSettings(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, taxLook)
	defer stop()
	missing, err := a.Payment.TaxMissing(ctx)
	if err != nil {
		a.Log.Warn("Stripe's tax settings could not be looked at", "err", err)
		return nil
	}
	if len(missing) > 0 {
		return fmt.Errorf("STRIPE_TAX is on and Stripe Tax is not active, since its settings lack %s; set it at Stripe, then longrun stripe setup says whether all is well", strings.Join(missing, ", "))
	}
	return nil
}
