package app

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"time"

	"golang.org/x/sync/errgroup"

	"longrun/internal/config"
	"longrun/internal/jobs"
	"longrun/internal/shop"
	"longrun/internal/web"
	"longrun/internal/web/api"
	"longrun/internal/web/dev"
	"longrun/internal/web/staff"
	"longrun/internal/web/storefront"
)

// Addresses are where a serving shop can be reached.
type Addresses struct {
	Simulator string // "" when the payments are Stripe's or another program's
	DemoOwner bool   // whether the owner of the demo shop can sign in
}

// Serve runs the shop until ctx ends: the server, the worker, the clock, and
// in development the simulator. It calls ready once visitors are answered. An
// empty development shop is filled with the demo shop first.
func (a *App) Serve(ctx context.Context, ready func(Addresses)) error {
	if err := a.checkTax(ctx); err != nil {
		return err
	}
	kit, doors, err := a.doors()
	if err != nil {
		return err
	}
	filled, err := a.fillIfEmpty(ctx)
	if err != nil {
		return err
	}
	at := a.addresses()
	if at.DemoOwner, err = a.demoOwner(ctx); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", a.Config.Addr)
	if err != nil {
		return fmt.Errorf("the shop cannot listen: %w", err)
	}
	group, ctx := errgroup.WithContext(ctx)
	if err := a.startSimulator(ctx, group); err != nil {
		return err
	}
	group.Go(func() error { kit.Watch(ctx); return nil })
	if !a.Still {
		group.Go(func() error { a.worker().Run(ctx); return nil })
		group.Go(func() error { a.clock().Run(ctx); return nil })
	}
	group.Go(func() error { <-ctx.Done(); kit.Drain(); return nil })
	group.Go(func() error { return serveUntil(ctx, kit.NewServer(doors...), listener) })
	if filled {
		group.Go(func() error { a.demoPurchases(ctx); return nil })
	}
	ready(at)
	return group.Wait()
}

func (a *App) addresses() Addresses {
	if a.simulator == "" {
		return Addresses{}
	}
	return Addresses{Simulator: "http://" + a.simulator}
}

// demoOwner makes the owner of a demo shop, in development only, and says
// whether there is one.
func (a *App) demoOwner(ctx context.Context) (bool, error) {
	if !a.Demo || a.Config.Environment != config.Development {
		return false, nil
	}
	return a.Access.MakeDemoOwner(ctx)
}

func (a *App) startSimulator(ctx context.Context, group *errgroup.Group) error {
	if a.simulator == "" {
		return nil
	}
	listener, err := net.Listen("tcp", a.simulator)
	if err != nil {
		return fmt.Errorf("the simulator cannot listen beside the shop: %w", err)
	}
	group.Go(func() error { return RunSimulator(ctx, a.Config, listener, a.Log) })
	return nil
}

func (a *App) doors() (*web.Kit, []web.Door, error) {
	files, reload := a.templates()
	reader := a.DB.Reader
	kit, err := web.New(web.Options{
		Reader: reader, Templates: files, Reload: reload, BaseURL: a.Config.BaseURL,
		Environment: string(a.Config.Environment), PayOrigins: a.payOrigins(),
		TrustedProxies: a.Config.TrustedProxies, Media: a.Media, Log: a.Log,
	})
	if err != nil {
		return nil, nil, err
	}
	front := storefront.New(storefront.Options{
		Kit: kit, Reader: reader, Cart: a.Cart, Checkout: a.Checkout, Orders: a.Orders, PayHosts: a.checkoutHosts(), TaxOff: !a.Config.Stripe.Tax,
		Contact: a.Contact, Privacy: a.Privacy, Accounts: a.Accounts, Sessions: a.DB.Sessions(), Waiting: a.Waiting,
	})
	doors := []web.Door{
		front,
		staff.New(staff.Options{
			Kit: kit, Reader: reader, Sessions: a.DB.Sessions(), Access: a.Access,
			Orders: a.Orders, Fulfilment: a.Fulfilment, Returns: a.Returns, Catalog: a.Catalog, Preview: front.Preview, Stock: a.Stock,
			Discounts: a.Discounts, Settings: a.Settings, TaxOff: !a.Config.Stripe.Tax, System: a.system(),
			Contact: a.Contact, Privacy: a.Privacy, Invoice: front.Invoice,
		}),
		api.New(api.Options{Payment: a.Payment, Jobs: a.DB.Jobs(), Reader: reader, Log: a.Log}),
	}
	if a.Config.Environment == config.Development {
		door, err := dev.New(dev.Options{
			Kit: kit, MailDir: a.Config.MailDir(), Reader: reader, Settings: a.Settings, Simulator: a.Config.Stripe.APIURL, Post: a.Post,
		})
		if err != nil {
			return nil, nil, err
		}
		doors = append(doors, door)
	}
	return kit, doors, nil
}

// payOrigins are the origins that a form may lead to.
func (a *App) payOrigins() []string {
	if u, err := url.Parse(a.Config.Stripe.APIURL); err == nil && u.Host != "" {
		return []string{u.Scheme + "://" + u.Host}
	}
	return []string{"https://checkout.stripe.com"}
}

func (a *App) worker() *jobs.Worker {
	return jobs.NewWorker(a.DB, jobs.Options{Log: a.Log, Handlers: map[string]jobs.Handler{
		shop.JobStripeEvent:  jobs.AboutEvent(a.Orders.Event),
		shop.JobMail:         jobs.About(a.Post.HandOver),
		shop.JobRefund:       jobs.About(a.Orders.GiveBack),
		shop.JobDispute:      jobs.About(a.Orders.AnswerDispute),
		shop.JobFetchPicture: jobs.About(a.Catalog.FetchPicture),
		shop.JobVerify:       jobs.About(a.Upkeep.RunVerify),
		shop.JobOrderLink:    jobs.With(a.Orders.SendLink),
		shop.JobPrivacyLink:  jobs.About(a.Privacy.SendLink),
		shop.JobErase:        jobs.About(a.Privacy.CarryOut),
		shop.JobAccountMail:  jobs.About(a.Accounts.SendMail),
	}, Longer: map[string]time.Duration{shop.JobVerify: verifyTime, shop.JobErase: eraseTime}})
}

// verifyTime is how long a check of the whole database may take.
const verifyTime = time.Hour

// eraseTime is how long an erasure may take before it is begun again where it
// was.
const eraseTime = 15 * time.Minute

func (a *App) clock() *jobs.Clock {
	clock := jobs.NewClock(a.Log)
	clock.Every("reconcile", time.Minute, a.Checkout.Reconcile)
	clock.Every("sweep", 6*time.Hour, func(ctx context.Context) error {
		_, err := a.Checkout.Sweep(ctx)
		return err
	})
	clock.Every("waiting", time.Minute, a.Waiting.Tell)
	clock.Every("deliveries", time.Hour, func(ctx context.Context) error {
		_, err := a.Fulfilment.DeliverOld(ctx)
		return err
	})
	clock.Every("returns", 10*time.Minute, a.Returns.Expire)
	clock.Every("retention", 6*time.Hour, a.Upkeep.Retention)
	clock.Every("postponed erasures", time.Hour, a.Privacy.Resume)
	clock.Every("watch", 5*time.Minute, a.Upkeep.Watch)
	clock.Every("disputes", 5*time.Minute, a.Orders.RemindOfDisputes)
	clock.Every("nightly check", 10*time.Minute, a.Upkeep.Nightly)
	return clock
}
