package main

import (
	"context"
	"fmt"
	"strings"

	"longrun/internal/settings"
	"longrun/internal/shop"
)

const settingsUsage = `longrun settings show [--json]
longrun settings set NAME VALUE [--json]

What the shopkeeper changes. Names are those that show writes, such as
free_shipping_over or zones.us-ak.on; amounts are cents, lists have commas.`

func settingsCommand(ctx context.Context, e *environment) int {
	f := e.flags(settingsUsage)
	asJSON := f.Bool("json", false, "write JSON")
	words, code, ok := e.parse(f)
	if !ok {
		return code
	}
	show := len(words) == 1 && words[0] == "show"
	set := len(words) == 3 && words[0] == "set"
	if !show && !set {
		f.Usage()
		return exitUsage
	}
	a, err := e.open(ctx)
	if err != nil {
		return e.fail(err)
	}
	defer a.Close()
	var now shop.Settings
	if show {
		now, err = a.Settings.Show(ctx)
	} else {
		now, err = a.Settings.Set(ctx, words[1], words[2], shop.ByCommand)
	}
	if err != nil {
		return e.fail(err)
	}
	if *asJSON {
		return e.printJSON(struct {
			Version int64 `json:"version"`
			shop.Settings
		}{now.Version, now})
	}
	return e.printSettings(now, words)
}

// printSettings writes all settings, or the one that was set.
func (e *environment) printSettings(s shop.Settings, words []string) int {
	for _, v := range settings.Values(s) {
		if len(words) == 1 || v.Name == words[1] {
			fmt.Fprintf(e.Stdout, "%s %s\n", v.Name, strings.ReplaceAll(v.Value, "\n", `\n`))
		}
	}
	fmt.Fprintf(e.Stdout, "(version %d)\n", s.Version)
	return exitOK
}
