package main

import (
	"context"
	"fmt"
	"io"

	"longrun/internal/access"
	"longrun/internal/app"
	"longrun/internal/config"
)

const serveUsage = `longrun serve

Runs the shop until it is interrupted. Without any configuration it is a
development shop: SQLite, the demo shop, caught mail, and a simulator to pay
at.`

func serveCommand(ctx context.Context, e *environment) int {
	if _, code, ok := e.parse(e.flags(serveUsage)); !ok {
		return code
	}
	a, err := e.open(ctx)
	if err != nil {
		return e.fail(err)
	}
	defer a.Close()
	a.Demo, a.Release = true, release
	if err := a.Serve(ctx, func(at app.Addresses) { greet(e.Stdout, a.Config, at) }); err != nil {
		return e.fail(err)
	}
	return exitOK
}

func greet(w io.Writer, c config.Config, at app.Addresses) {
	fmt.Fprintf(w, "The shop       %s\n", c.BaseURL)
	if c.Environment == config.Development {
		fmt.Fprintf(w, "Caught mail    %s/dev/mail\n", c.BaseURL)
	}
	if at.DemoOwner {
		fmt.Fprintf(w, "Staff          %s/staff   sign in as %s with the password %q\n", c.BaseURL, access.DemoEmail, access.DemoPassword)
	}
	if at.Simulator != "" {
		fmt.Fprintf(w, "The simulator  %s   pay with 4242 4242 4242 4242\n", at.Simulator)
	}
}
