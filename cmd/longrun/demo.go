package main

import (
	"context"
	"fmt"

	"longrun/internal/demo"
)

const demoUsage = `longrun demo

Fills an empty shop with the demo shop: shoes by invented makers, drawn
pictures and collections. Only in development.`

func demoCommand(ctx context.Context, e *environment) int {
	if _, code, ok := e.parse(e.flags(demoUsage)); !ok {
		return code
	}
	a, err := e.open(ctx)
	if err != nil {
		return e.fail(err)
	}
	defer a.Close()
	if err := a.FillDemo(ctx); err != nil {
		return e.fail(err)
	}
	fmt.Fprintf(e.Stdout, "The shop has %d products now.\n", demo.ProductCount())
	return exitOK
}
