package main

import (
	"context"
	"fmt"
	"net"

	"longrun/internal/app"
)

const stripesimUsage = `longrun stripesim [--addr HOST:PORT]

Runs the Stripe simulator as a program of its own. Start the shop with
STRIPE_API_URL set to its address. Events go to BASE_URL/webhooks/stripe,
signed with STRIPE_WEBHOOK_SECRET.`

func stripesimCommand(ctx context.Context, e *environment) int {
	f := e.flags(stripesimUsage)
	addr := f.String("addr", "127.0.0.1:8081", "the loopback address to listen on")
	if _, code, ok := e.parse(f); !ok {
		return code
	}
	c, err := e.config()
	if err != nil {
		return e.fail(err)
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return e.fail(err)
	}
	fmt.Fprintf(e.Stdout, "The Stripe simulator is at http://%s\n", listener.Addr())
	if err := app.RunSimulator(ctx, c, listener, e.log(c)); err != nil {
		return e.fail(err)
	}
	return exitOK
}
