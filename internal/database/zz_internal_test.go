package database

import (
	"context"
	"fmt"
	"sort"
	"time"
)

// TimedVerify is a bench.
func (r Reader) TimedVerify(ctx context.Context, times map[string]time.Duration) error {
	for _, list := range [][]invariant{stockInvariants, holdInvariants, orderInvariants, moneyInvariants, parcelInvariants, refundInvariants, numberInvariants, mailInvariants, staffInvariants, strayStepInvariants()} {
		for _, i := range list {
			b := time.Now()
			if err := r.verifyOne(ctx, i, func(f Flaw) error { fmt.Println(f); return nil }); err != nil {
				return err
			}
			times[i.line] += time.Since(b)
		}
	}
	b := time.Now()
	if err := r.verifySteps(ctx, func(f Flaw) error { return nil }); err != nil {
		return err
	}
	times["steps"] = time.Since(b)
	b = time.Now()
	if _, err := r.CheckAudit(ctx); err != nil {
		return err
	}
	times["audit"] = time.Since(b)
	b = time.Now()
	if err := r.verifyFile(ctx, func(f Flaw) error { return nil }); err != nil {
		return err
	}
	times["file"] = time.Since(b)
	return nil
}

func Sorted(m map[string]time.Duration) []string {
	var l []string
	for k := range m {
		l = append(l, k)
	}
	sort.Slice(l, func(i, j int) bool { return m[l[i]] > m[l[j]] })
	return l
}
