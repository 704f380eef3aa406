package app

import (
	"context"
	"errors"
	"strings"

	"longrun/internal/config"
)

// needsTaxReason says whether this shop sells in earnest without working out
// taxes.
func (a *App) needsTaxReason() bool {
	return a.Config.Environment == config.Production && !a.Config.Stripe.Tax
}

// checkTax refuses to serve such a shop until its settings say why.
func (a *App) checkTax(ctx context.Context) error {
	if !a.needsTaxReason() {
		return nil
	}
	settings, err := a.DB.Settings(ctx)
	if err == nil && strings.TrimSpace(settings.TaxOffReason) == "" {
		err = errors.New(`STRIPE_TAX is off and the settings do not say why; longrun settings set tax_off_reason "…" gives the reason`)
	}
	return err
}
