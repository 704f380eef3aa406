// Package app wires the house: configuration, database, the outside world,
// work, and the doors that lead to it. Nothing else knows all of them.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strconv"
	"strings"

	"longrun/internal/access"
	"longrun/internal/accounts"
	"longrun/internal/cart"
	"longrun/internal/catalog"
	"longrun/internal/checkout"
	"longrun/internal/config"
	"longrun/internal/contact"
	"longrun/internal/database"
	"longrun/internal/fulfilment"
	"longrun/internal/media"
	"longrun/internal/orders"
	"longrun/internal/payment"
	"longrun/internal/post"
	"longrun/internal/privacy"
	"longrun/internal/returns"
	"longrun/internal/settings"
	"longrun/internal/shop"
	"longrun/internal/stock"
	"longrun/internal/upkeep"
	"longrun/internal/waiting"
)

// App is the shop with its work at hand, whether or not it serves. Close it.
type App struct {
	Config    config.Config
	Log       *slog.Logger
	DB        *database.DB
	Media     *media.Store
	Payment   *payment.Client
	Settings  *settings.Service
	Catalog   *catalog.Catalog
	Cart      *cart.Service
	Orders    *orders.Orders
	Checkout  *checkout.Checkout
	Discounts *checkout.Discounts
	Post      *post.Outbox
	Upkeep    *upkeep.Service
	Access    *access.Service
	Stock     *stock.Service
	Contact   *contact.Service
	Waiting   *waiting.Service
	Privacy   *privacy.Service
	Accounts  *accounts.Service

	Fulfilment *fulfilment.Service
	Returns    *returns.Returns

	Release   string // of this program, "" when nobody has said
	Demo      bool   // Serve fills an empty development shop
	Still     bool   // Serve runs neither the worker nor the clock, for tests that measure
	simulator string // address of the simulator in this program, "" without one
}

// Open opens the database and sets up the work. Development migrates; other
// environments refuse a schema that this program cannot run on.
func Open(ctx context.Context, c config.Config, log *slog.Logger) (*App, error) {
	db, err := OpenDatabase(ctx, c, log)
	if err != nil {
		return nil, err
	}
	if c.Environment == config.Development {
		err = db.MigrateUp(ctx)
	} else {
		err = db.CheckSchema(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	a := &App{Config: c, Log: log, DB: db}
	if err := a.wire(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return a, nil
}

// OpenDatabase opens the database alone, whatever its schema.
func OpenDatabase(ctx context.Context, c config.Config, log *slog.Logger) (*database.DB, error) {
	return database.Open(ctx, database.Options{
		URL: c.DatabaseURL, Keys: c.SecretKeys, DevClock: c.DevClock, Log: log,
	})
}

// Close closes the database.
func (a *App) Close() error { return a.DB.Close() }

func (a *App) wire() error {
	c := &a.Config
	var err error
	if a.Media, err = media.NewStore(c.MediaDir()); err != nil {
		return err
	}
	if c.Stripe.Simulated {
		if a.simulator, err = simulatorAddr(c.Addr); err != nil {
			return err
		}
		c.Stripe.APIURL = "http://" + a.simulator
	}
	a.Payment = payment.New(payment.Options{
		APIURL: c.Stripe.APIURL, Key: c.Stripe.Key, WebhookSecrets: c.Stripe.WebhookSecrets,
		LiveMode: c.Stripe.Live(), CheckoutHosts: a.checkoutHosts(), Log: a.Log,
	})
	a.Settings = settings.New(a.DB, c.DevClock)
	if a.needsTaxReason() {
		a.Settings.NeedTaxReason()
	}
	a.Catalog = catalog.New(a.DB, a.Media, media.NewFetcher())
	a.Cart = cart.New(a.DB)
	a.Orders = orders.New(a.DB, a.Payment, a.Log)
	a.Checkout = checkout.New(a.DB, a.Payment, a.Orders, checkout.Options{
		BaseURL: c.BaseURL, Environment: string(c.Environment), Tax: c.Stripe.Tax, PictureURL: a.pictureURL, Log: a.Log,
	})
	a.Discounts = checkout.NewDiscounts(a.DB)
	a.Upkeep = upkeep.New(a.DB, a.Log)
	a.Fulfilment = fulfilment.New(a.DB, a.Log)
	a.Returns = returns.New(a.DB, a.Log)
	a.Access = access.New(a.DB, access.Options{SecondStep: c.Environment != config.Development})
	a.Stock = stock.New(a.DB)
	a.Contact = contact.New(a.DB)
	a.Waiting = waiting.New(a.DB)
	a.Privacy = privacy.New(a.DB, a.Log)
	a.Accounts = accounts.New(a.DB, accounts.Options{Join: cart.Join})
	return a.wirePost()
}

// checkoutHosts are the hosts beyond Stripe's own that shoppers may be sent
// to: a simulator's.
func (a *App) checkoutHosts() []string {
	if u, err := url.Parse(a.Config.Stripe.APIURL); err == nil && u.Host != "" {
		return []string{u.Host}
	}
	return nil
}

// pictureURL is where Stripe's page can get a picture: a photograph of a shop
// that is reached over https. It shows no drawings.
func (a *App) pictureURL(p shop.Picture) string {
	if p.MediaType == media.SVG || !strings.HasPrefix(a.Config.BaseURL, "https://") {
		return ""
	}
	return a.Config.BaseURL + media.Renditions(p)[0].Path
}

// simulatorAddr is where the simulator of a shop at addr listens: on the
// loopback, one port further, so that its links survive a restart.
func simulatorAddr(addr string) (string, error) {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return "", err
	}
	n, err := strconv.Atoi(port)
	if err != nil || n < 1 || n > 65534 {
		return "", fmt.Errorf("ADDR needs a port from 1 to 65534 for the simulator to listen beside it")
	}
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(n+1)), nil
}
