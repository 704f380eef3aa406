package main

import (
	"context"
	"fmt"

	"longrun/internal/app"
	"longrun/internal/checkout"
	"longrun/internal/config"
	"longrun/internal/shop"
)

const stripeUsage = `longrun stripe setup|reconcile [--json]

setup sees to it that Stripe tells this shop of what happens: it finds the
webhook endpoint of BASE_URL/webhooks/stripe, corrects it, or makes it, and then
prints the secret that goes into STRIPE_WEBHOOK_SECRET, once. It also looks at
the key and, with STRIPE_TAX on, at the tax settings. Run again it changes
nothing. It may run before STRIPE_WEBHOOK_SECRET is set.

reconcile does what the shop does by itself every night: it compares what was
paid and given back at Stripe with the shop's orders, settles what was missed,
and fetches events that could not be delivered.

Exit code 1 if something is wrong at Stripe, or money has no order.`

func stripeCommand(ctx context.Context, e *environment) int {
	f := e.flags(stripeUsage)
	asJSON := f.Bool("json", false, "write JSON")
	words, code, ok := e.parse(f)
	if !ok {
		return code
	}
	does := map[string]func(context.Context, *environment, *app.App, bool) int{"setup": stripeSetup, "reconcile": stripeReconcile}
	if len(words) != 1 || does[words[0]] == nil {
		f.Usage()
		return exitUsage
	}
	c, err := e.config()
	if words[0] == "setup" {
		c, err = e.configToSetUp()
	}
	if err != nil {
		return e.fail(err)
	}
	a, err := app.Open(ctx, c, e.log(c))
	if err != nil {
		return e.fail(err)
	}
	defer a.Close()
	return does[words[0]](ctx, e, a, *asJSON)
}

// toCome stands for a webhook secret that only Stripe can tell, and passes the
// look of one; nothing is checked with it.
const toCome = "whsec_to_be_told_by_stripe_setup"

// configToSetUp is config for what has to run before Stripe has told the
// webhook's secret.
func (e *environment) configToSetUp() (config.Config, error) {
	getenv, err := config.WithFile(e.Getenv, ".env")
	if err != nil {
		return config.Config{}, err
	}
	return config.Read(func(name string) string {
		value := getenv(name)
		if name == "STRIPE_WEBHOOK_SECRET" && value == "" && getenv("STRIPE_SECRET_KEY") != "" {
			return toCome
		}
		return value
	})
}

// setupJSON is what stripe setup --json writes.
type setupJSON struct {
	Live     bool     `json:"live"`
	URL      string   `json:"url"`
	Endpoint string   `json:"endpoint"`
	Version  string   `json:"api_version"`
	Did      string   `json:"did"`
	Secret   string   `json:"secret,omitempty"`
	Notes    []string `json:"notes"`
	Problems []string `json:"problems"`
}

func stripeSetup(ctx context.Context, e *environment, a *app.App, asJSON bool) int {
	s, err := a.Checkout.SetUp(ctx, shop.ByCommand)
	if err != nil {
		if a.Config.Stripe.Simulated && shop.KindOf(err) == shop.KindUnavailable {
			fmt.Fprintln(e.Stderr, "longrun stripe: the simulator is part of longrun serve. Start that first.")
			return exitFault
		}
		return e.failSaying(err)
	}
	if asJSON {
		out := setupJSON{s.Live, s.URL, s.Endpoint, s.Version, s.Did, s.Secret, append([]string{}, s.Notes...), append([]string{}, s.Problems...)}
		if code := e.printJSON(out); code != exitOK {
			return code
		}
	} else {
		e.printSetup(s)
	}
	if len(s.Problems) > 0 {
		return exitFault
	}
	return exitOK
}

func (e *environment) printSetup(s checkout.Setup) {
	mode, did := "test", "is as it should be"
	if s.Live {
		mode = "live"
	}
	if s.Did != "" {
		did = "was " + s.Did
	}
	fmt.Fprintf(e.Stdout, "The key works, in %s mode.\n", mode)
	fmt.Fprintf(e.Stdout, "The webhook endpoint %s (%s, version %s) %s.\n", s.URL, s.Endpoint, s.Version, did)
	if s.Secret != "" {
		fmt.Fprintf(e.Stdout, "\n    STRIPE_WEBHOOK_SECRET=%s\n\nPut this into the shop's environment, before an older one and a comma if there is one,\nand start the shop again. Stripe does not tell it a second time.\n", s.Secret)
	} else if s.Did == "" {
		fmt.Fprintln(e.Stdout, "Its secret was told when it was made. If it is lost, delete the endpoint at Stripe and run this again.")
	}
	for _, note := range s.Notes {
		fmt.Fprintf(e.Stdout, "note: %s\n", note)
	}
	for _, problem := range s.Problems {
		fmt.Fprintf(e.Stdout, "problem: %s\n", problem)
	}
}

// sweptJSON is what stripe reconcile --json writes.
type sweptJSON struct {
	Sessions int      `json:"paid_sessions"`
	Settled  int      `json:"settled"`
	Events   int      `json:"events_fetched"`
	Lost     []string `json:"money_without_order"`
	Failed   string   `json:"failed,omitempty"`
}

func stripeReconcile(ctx context.Context, e *environment, a *app.App, asJSON bool) int {
	s, err := a.Checkout.SweepAll(ctx)
	failed := ""
	if err != nil {
		failed = err.Error()
	}
	if asJSON {
		if code := e.printJSON(sweptJSON{s.Sessions, s.Settled, s.Events, append([]string{}, s.Lost...), failed}); code != exitOK {
			return code
		}
	} else {
		e.printSwept(s)
	}
	if err != nil {
		return e.failSaying(err)
	}
	if len(s.Lost) > 0 {
		return exitFault
	}
	return exitOK
}

func (e *environment) printSwept(s checkout.Swept) {
	fmt.Fprintf(e.Stdout, "%d paid sessions of the last four days were compared, %d settled that the shop had missed.\n", s.Sessions, s.Settled)
	fmt.Fprintf(e.Stdout, "Refunds of the last five weeks were compared. %d events were fetched that Stripe could not deliver.\n", s.Events)
	for _, id := range s.Lost {
		fmt.Fprintf(e.Stdout, "money without order: session %s\n", id)
	}
}

// failSaying is fail with the sentence that an error has for people, also
// where Stripe could not be reached.
func (e *environment) failSaying(err error) int {
	if said := shop.MessageOf(err); said != "" {
		fmt.Fprintf(e.Stderr, "longrun %s: %s\n", e.Name, said)
		return exitFault
	}
	return e.fail(err)
}
