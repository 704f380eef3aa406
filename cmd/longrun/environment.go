package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"

	"longrun/internal/app"
	"longrun/internal/config"
	"longrun/internal/shop"
)

// environment is what a command has to do with.
type environment struct {
	Name   string   // of the command
	Args   []string // after the command's name
	Getenv func(string) string
	Stdin  io.Reader
	Stdout io.Writer
	Stderr io.Writer
}

// flags is a flag set whose usage says what the command does. Parse with
// e.parse.
func (e *environment) flags(usage string) *flag.FlagSet {
	f := flag.NewFlagSet(e.Name, flag.ContinueOnError)
	f.SetOutput(e.Stderr)
	f.Usage = func() {
		fmt.Fprintf(f.Output(), "%s\n", usage)
		f.PrintDefaults()
	}
	return f
}

// parse reads flags that may stand before and after the other words, and
// returns those. ok is false when the command ends here, with code.
func (e *environment) parse(f *flag.FlagSet) (words []string, code int, ok bool) {
	for args := e.Args; ; {
		err := f.Parse(args)
		switch {
		case errors.Is(err, flag.ErrHelp):
			return nil, exitOK, false
		case err != nil:
			return nil, exitUsage, false
		}
		if f.NArg() == 0 {
			return words, exitOK, true
		}
		words, args = append(words, f.Arg(0)), f.Args()[1:]
	}
}

// config reads the configuration.
func (e *environment) config() (config.Config, error) {
	getenv, err := config.WithFile(e.Getenv, ".env")
	if err != nil {
		return config.Config{}, err
	}
	return config.Read(getenv)
}

// open opens the shop without serving it. The caller closes it.
func (e *environment) open(ctx context.Context) (*app.App, error) {
	c, err := e.config()
	if err != nil {
		return nil, err
	}
	return app.Open(ctx, c, e.log(c))
}

func (e *environment) log(c config.Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.LogLevel}
	if c.Environment == config.Development {
		return slog.New(slog.NewTextHandler(e.Stderr, options))
	}
	return slog.New(slog.NewJSONHandler(e.Stderr, options))
}

// fail says what went wrong and returns the exit code for it.
func (e *environment) fail(err error) int {
	message := err.Error()
	if shown := shop.MessageOf(err); shown != "" && shop.KindOf(err) != shop.KindUnavailable {
		message = shown
	}
	fmt.Fprintf(e.Stderr, "longrun %s: %s\n", e.Name, message)
	if shop.KindOf(err) == shop.KindMalformed {
		return exitUsage
	}
	return exitFault
}

// printJSON writes a value for scripts.
func (e *environment) printJSON(v any) int {
	enc := json.NewEncoder(e.Stdout)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return e.fail(err)
	}
	return exitOK
}
