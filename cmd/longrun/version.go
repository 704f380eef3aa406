package main

import (
	"context"
	"fmt"

	"longrun/internal/app"
)

// release is set by the linker: -ldflags "-X main.release=1.2.3".
var release = "development"

func versionCommand(_ context.Context, e *environment) int {
	if _, code, ok := e.parse(e.flags("longrun version\n\nSays which release this is.")); !ok {
		return code
	}
	fmt.Fprintf(e.Stdout, "longrun %s (%s)\n", release, app.Revision())
	return exitOK
}

const checkConfigUsage = `longrun check-config

Reads the configuration as serve would and names everything that is missing
or unsafe.`

func checkConfigCommand(_ context.Context, e *environment) int {
	if _, code, ok := e.parse(e.flags(checkConfigUsage)); !ok {
		return code
	}
	c, err := e.config()
	if err != nil {
		return e.fail(err)
	}
	fmt.Fprintf(e.Stdout, "The configuration is complete: %s at %s.\n", c.Environment, c.BaseURL)
	return exitOK
}
