package app

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"longrun/internal/config"
	"longrun/internal/demo"
	"longrun/internal/shop"
)

// FillDemo fills an empty development shop with the demo shop.
func (a *App) FillDemo(ctx context.Context) error {
	if a.Config.Environment != config.Development {
		return shop.Errorf(shop.KindForbidden, "the demo shop is for development only")
	}
	n, err := a.DB.ProductCount(ctx, 1)
	if err != nil {
		return err
	}
	if n > 0 {
		return shop.Conflict("the shop has products already; the demo shop is for an empty one")
	}
	return demo.Fill(ctx, a.Catalog)
}

// fillIfEmpty fills an empty shop in development if Serve was told to, and
// says whether it did.
func (a *App) fillIfEmpty(ctx context.Context) (bool, error) {
	if !a.Demo || a.Config.Environment != config.Development {
		return false, nil
	}
	n, err := a.DB.ProductCount(ctx, 1)
	if err != nil || n > 0 {
		return false, err
	}
	return true, a.FillDemo(ctx)
}

// demoPurchases has the demo shop's shoppers buy through the simulator beside
// it. A shop without them is as good, so that what goes wrong is only said.
func (a *App) demoPurchases(ctx context.Context) {
	if a.simulator == "" {
		return
	}
	till := demo.Till{
		Reader: a.DB.Reader, Cart: a.Cart, Checkout: a.Checkout, Orders: a.Orders, Fulfilment: a.Fulfilment, Pay: a.payAtSimulator,
	}
	if err := till.Buy(ctx); err != nil && ctx.Err() == nil {
		a.Log.Warn("the demo shop has not all of its orders", "err", err)
	}
}

// payAtSimulator pays a session as its hosted page would.
func (a *App) payAtSimulator(ctx context.Context, session string, buyer url.Values) error {
	address := "http://" + a.simulator + "/_sim/sessions/" + url.PathEscape(session) + "/pay"
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(buyer.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the simulator answers %s", answer.Status)
	}
	return nil
}
