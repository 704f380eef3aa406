package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"

	"longrun/internal/app"
	"longrun/internal/privacy"
	"longrun/internal/shop"
)

const privacyUsage = `longrun privacy show EMAIL [--json]
longrun privacy export EMAIL [--output FILE]
longrun privacy erase EMAIL [--yes]
longrun privacy wipe

What the shop holds of a person: shows how much, writes all of it as a ZIP, or
erases it but for what tax law asks for. erase shows what it would do, and does
it with --yes; what is not done yet, such as an order on its way, postpones it.
wipe writes a SQLite file anew, so that nothing erased is left in its freed
parts; writers wait meanwhile.`

func privacyCommand(ctx context.Context, e *environment) int {
	f := e.flags(privacyUsage)
	asJSON := f.Bool("json", false, "write JSON")
	output := f.String("output", "", "write to this `FILE`, replaced only when all went well; else to standard output")
	yes := f.Bool("yes", false, "erase, and do not only show what would be")
	words, code, ok := e.parse(f)
	if !ok {
		return code
	}
	wipe := len(words) == 1 && words[0] == "wipe"
	if !wipe && (len(words) != 2 || words[0] != "show" && words[0] != "export" && words[0] != "erase") {
		f.Usage()
		return exitUsage
	}
	a, err := e.open(ctx)
	if err != nil {
		return e.fail(err)
	}
	defer a.Close()
	if wipe {
		if err := a.Privacy.Wipe(ctx); err != nil {
			return e.fail(err)
		}
		fmt.Fprintln(e.Stdout, "The file is written anew.")
		return exitOK
	}
	email, err := shop.CleanEmail("email", words[1])
	if err != nil {
		return e.fail(err)
	}
	switch {
	case words[0] == "export":
		err = writeTo(*output, e.Stdout, func(w io.Writer) error {
			return a.Privacy.ExportFor(ctx, shop.ByCommand, email, rand.Text(), w)
		})
	case words[0] == "erase" && *yes:
		err = e.erase(ctx, a, email)
	default:
		err = e.showHeld(ctx, a, email, *asJSON)
	}
	if err != nil {
		return e.fail(err)
	}
	return exitOK
}

// showHeld writes how much is held of an address and what would postpone its
// erasure.
func (e *environment) showHeld(ctx context.Context, a *app.App, email string, asJSON bool) error {
	file, err := privacy.Look(ctx, a.DB.Reader, email)
	if err != nil {
		return err
	}
	if asJSON {
		e.printJSON(struct {
			Accounts int64    `json:"accounts"`
			Orders   int64    `json:"orders"`
			Messages int64    `json:"messages"`
			Mails    int64    `json:"mails"`
			Waits    []string `json:"erasure_waits_for"`
		}{file.Held.Accounts, file.Held.Orders, file.Held.Messages, file.Held.Mails, append([]string{}, file.Postponed...)})
		return nil
	}
	fmt.Fprintf(e.Stdout, "accounts  %d\norders    %d\nmessages  %d\nmails     %d\n", file.Held.Accounts, file.Held.Orders, file.Held.Messages, file.Held.Mails)
	for _, why := range file.Postponed {
		fmt.Fprintln(e.Stdout, "An erasure waits:", why)
	}
	return nil
}

// erase asks for the erasure and carries it out at once.
func (e *environment) erase(ctx context.Context, a *app.App, email string) error {
	request, err := a.Privacy.Erase(ctx, shop.ByCommand, email, rand.Text())
	if err != nil {
		return err
	}
	if err := a.Privacy.CarryOut(ctx, request.ID); err != nil {
		return err
	}
	if request, err = a.DB.PrivacyRequest(ctx, request.ID); err != nil {
		return err
	}
	if request.State != shop.PrivacyDone {
		return shop.Conflict("It waits, and happens by itself once this is done: %s", request.Why)
	}
	var report shop.ErasureReport
	if err := json.Unmarshal([]byte(request.Report), &report); err != nil {
		return err
	}
	for _, kind := range slices.Sorted(maps.Keys(report)) {
		fmt.Fprintf(e.Stdout, "%s: %d\n", kind, report[kind])
	}
	fmt.Fprintf(e.Stdout, "Erased. It is request %d.\n", request.ID)
	return nil
}
