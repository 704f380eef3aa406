package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"longrun/internal/catalog"
)

const exportUsage = `longrun export products [--output FILE]

Writes all products, drafts too, as a Shopify product CSV. Importing it again
changes nothing.`

func exportCommand(ctx context.Context, e *environment) int {
	f := e.flags(exportUsage)
	output := f.String("output", "", "write to this `FILE`, replaced only when all went well; else to standard output")
	words, code, ok := e.parse(f)
	if !ok {
		return code
	}
	if len(words) != 1 || words[0] != "products" {
		f.Usage()
		return exitUsage
	}
	a, err := e.open(ctx)
	if err != nil {
		return e.fail(err)
	}
	defer a.Close()
	progress := everySecond(e.Stderr)
	n := 0
	err = writeTo(*output, e.Stdout, func(w io.Writer) error {
		n, err = a.Catalog.Export(ctx, w, catalog.ExportOptions{
			BaseURL: a.Config.BaseURL, Progress: func(done int) { progress("written", done, 0) },
		})
		return err
	})
	if err != nil {
		return e.fail(err)
	}
	fmt.Fprintf(e.Stderr, "%d products\n", n)
	return exitOK
}

// writeTo writes to a file, by another name first and then renamed, or
// without a path to the given output.
func writeTo(path string, otherwise io.Writer, write func(io.Writer) error) error {
	if path == "" {
		return buffered(otherwise, write)
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".export-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already when all went well
	err = buffered(f, write)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

func buffered(w io.Writer, write func(io.Writer) error) error {
	b := bufio.NewWriterSize(w, 64<<10)
	if err := write(b); err != nil {
		return err
	}
	return b.Flush()
}
