// Command longrun is the whole shop: the server, the importers, and
// everything staff do from a shell.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sort"
	"strings"
	"syscall"
	_ "time/tzdata" // the shop's time zone must be known on a bare machine too
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}

// command is one subcommand.
type command struct {
	summary string
	run     func(ctx context.Context, e *environment) int
}

// Exit codes.
const (
	exitOK    = 0
	exitFault = 1 // it was tried and did not work, or what was checked is not right
	exitUsage = 2 // it was asked for in a way that makes no sense
)

func commands() map[string]command {
	return map[string]command{
		"serve":        {"run the shop", serveCommand},
		"migrate":      {"up, down or status: the database's schema", migrateCommand},
		"demo":         {"fill an empty shop with the demo shop", demoCommand},
		"import":       {"products FILE: read a Shopify export", importCommand},
		"export":       {"products: write what import reads", exportCommand},
		"orders":       {"list, or show NUMBER", ordersCommand},
		"staff":        {"add, list, disable or reset: who may sign in", staffCommand},
		"settings":     {"show, or set NAME VALUE: what the shopkeeper changes", settingsCommand},
		"privacy":      {"show, export or erase what is held of EMAIL", privacyCommand},
		"verify":       {"check everything that must always be true", verifyCommand},
		"stripe":       {"setup or reconcile: the webhook at Stripe, and what was paid there", stripeCommand},
		"stripesim":    {"run the Stripe simulator as a program of its own", stripesimCommand},
		"check-config": {"say whether the configuration is complete and safe", checkConfigCommand},
		"version":      {"say which release this is", versionCommand},
	}
}

// run is the program without its globals: it returns the exit code.
func run(ctx context.Context, args []string, getenv func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	e := &environment{Getenv: getenv, Stdin: stdin, Stdout: stdout, Stderr: stderr}
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		usage(stdout)
		return exitOK
	}
	c, ok := commands()[args[0]]
	if !ok {
		fmt.Fprintf(stderr, "longrun: there is no command %q\n\n", args[0])
		usage(stderr)
		return exitUsage
	}
	e.Name, e.Args = args[0], args[1:]
	return c.run(ctx, e)
}

func usage(w io.Writer) {
	fmt.Fprint(w, "Longrun is a running-shoe shop.\n\n    longrun COMMAND [--help]\n\n")
	all := commands()
	names := make([]string, 0, len(all))
	for name := range all {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(w, "    %s%s%s\n", name, strings.Repeat(" ", 14-len(name)), all[name].summary)
	}
}
