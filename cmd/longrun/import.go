package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"longrun/internal/catalog"
	"longrun/internal/shop"
)

const importUsage = `longrun import products FILE [--dry-run] [--json]

Imports a Shopify product CSV, under its old or its new column names. The file
is read and checked whole before anything is written. Importing it again
changes nothing. The exit code is 1 when any product was refused.`

func importCommand(ctx context.Context, e *environment) int {
	f := e.flags(importUsage)
	dry := f.Bool("dry-run", false, "say what would happen and write nothing")
	asJSON := f.Bool("json", false, "the report for scripts")
	words, code, ok := e.parse(f)
	if !ok {
		return code
	}
	if len(words) != 2 || words[0] != "products" {
		f.Usage()
		return exitUsage
	}
	file, err := os.Open(words[1])
	if err != nil {
		return e.fail(err)
	}
	defer file.Close()
	a, err := e.open(ctx)
	if err != nil {
		return e.fail(err)
	}
	defer a.Close()
	report, err := a.Catalog.Import(ctx, file, catalog.ImportOptions{
		DryRun: *dry, Who: shop.ByCommand, Progress: everySecond(e.Stderr),
	})
	if err != nil {
		code = e.fail(err)
	} else if report.Products.Refused > 0 {
		code = exitFault
	}
	switch {
	case *asJSON:
		return max(code, e.printJSON(report))
	case err == nil || report.Products.Total() > 0:
		writeReport(e.Stdout, report)
	}
	return code
}

// everySecond tells how far long work is, at most once a second and not in
// its first.
func everySecond(w io.Writer) func(stage string, done, total int) {
	last := time.Now()
	return func(stage string, done, total int) {
		if time.Since(last) < time.Second {
			return
		}
		last = time.Now()
		if total > 0 {
			fmt.Fprintf(w, "%d of %d products %s\n", done, total, stage)
		} else {
			fmt.Fprintf(w, "%d products %s\n", done, stage)
		}
	}
}

func writeReport(w io.Writer, report catalog.Report) {
	if report.DryRun {
		fmt.Fprintln(w, "Nothing was written. This is what would happen:")
	}
	fmt.Fprintf(w, "%-9s %8s %8s %8s %8s\n", "", "made", "changed", "left", "refused")
	for _, row := range []struct {
		name  string
		count catalog.Count
	}{{"products", report.Products}, {"variants", report.Variants}, {"images", report.Images}} {
		c := row.count
		fmt.Fprintf(w, "%-9s %8d %8d %8d %8d\n", row.name, c.Made, c.Changed, c.Left, c.Refused)
	}
	if report.Moved > 0 {
		fmt.Fprintf(w, "The stock of %d variants was counted.\n", report.Moved)
	}
	if report.Kept > 0 {
		fmt.Fprintf(w, "%d variants keep their count: this file has set it before.\n", report.Kept)
	}
	for _, list := range []struct {
		title   string
		remarks []catalog.Remark
	}{{"Refused:", report.Refused}, {"To know:", report.Notes}} {
		if len(list.remarks) > 0 {
			fmt.Fprintln(w, list.title)
		}
		for _, r := range list.remarks {
			fmt.Fprintf(w, "  line %d, %s: %s\n", r.Line, r.Handle, r.Message)
		}
	}
}
