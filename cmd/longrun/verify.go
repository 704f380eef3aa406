package main

import (
	"context"
	"fmt"

	"longrun/internal/upkeep"
)

const verifyUsage = `longrun verify [--json]

Checks everything that must always be true on the whole database, and writes
one line for each thing that is not. It only reads and may run while the shop
sells. Exit code 1 if anything is wrong; notices, such as an order that waits
for staff, do not count.`

func verifyCommand(ctx context.Context, e *environment) int {
	f := e.flags(verifyUsage)
	asJSON := f.Bool("json", false, "write JSON")
	if words, code, ok := e.parse(f); !ok || len(words) > 0 {
		if ok {
			f.Usage()
			code = exitUsage
		}
		return code
	}
	a, err := e.open(ctx)
	if err != nil {
		return e.fail(err)
	}
	defer a.Close()
	violations, notices, err := a.Upkeep.Verify(ctx)
	if err != nil {
		return e.fail(err)
	}
	if *asJSON {
		if code := e.printJSON(verified(violations, notices)); code != exitOK {
			return code
		}
	} else {
		e.printVerified(violations, notices)
	}
	if len(violations) > 0 {
		return exitFault
	}
	return exitOK
}

// verdict is what verify --json writes.
type verdict struct {
	Violations []violation `json:"violations"`
	Notices    []string    `json:"notices"`
}

type violation struct {
	Rule string `json:"rule"`
	Line string `json:"line"`
}

func verified(violations []upkeep.Violation, notices []upkeep.Notice) verdict {
	v := verdict{Violations: []violation{}, Notices: []string{}}
	for _, found := range violations {
		v.Violations = append(v.Violations, violation(found))
	}
	for _, n := range notices {
		v.Notices = append(v.Notices, n.Line)
	}
	return v
}

func (e *environment) printVerified(violations []upkeep.Violation, notices []upkeep.Notice) {
	for _, v := range violations {
		fmt.Fprintf(e.Stdout, "violation (%s): %s\n", v.Rule, v.Line)
	}
	for _, n := range notices {
		fmt.Fprintf(e.Stdout, "notice: %s\n", n.Line)
	}
	fmt.Fprintf(e.Stdout, "%d violations, %d notices\n", len(violations), len(notices))
}
