package main

import (
	"context"
	"fmt"

	"longrun/internal/app"
)

const migrateUsage = `longrun migrate up|down|status [--json]

up brings the database to this program's schema, down takes the newest
migration back, status lists them.`

func migrateCommand(ctx context.Context, e *environment) int {
	f := e.flags(migrateUsage)
	asJSON := f.Bool("json", false, "status for scripts")
	words, code, ok := e.parse(f)
	if !ok {
		return code
	}
	if len(words) != 1 {
		f.Usage()
		return exitUsage
	}
	c, err := e.configToSetUp() // the schema is there before Stripe has told a secret
	if err != nil {
		return e.fail(err)
	}
	db, err := app.OpenDatabase(ctx, c, e.log(c))
	if err != nil {
		return e.fail(err)
	}
	defer db.Close()
	switch words[0] {
	case "up":
		err = db.MigrateUp(ctx)
	case "down":
		err = db.MigrateDown(ctx)
	case "status":
	default:
		f.Usage()
		return exitUsage
	}
	if err != nil {
		return e.fail(err)
	}
	list, err := db.Migrations(ctx)
	if err != nil {
		return e.fail(err)
	}
	if *asJSON {
		return e.printJSON(list)
	}
	for _, m := range list {
		state := "pending"
		if m.Applied {
			state = "applied"
		}
		fmt.Fprintf(e.Stdout, "%04d  %-8s  %s\n", m.Version, state, m.Name)
	}
	return exitOK
}
