package shop

import "time"

// SignInCount is how often signing in has failed for something: an account,
// an address, the two together, or an account's codes. Tries count as failed
// until they succeed, so that many at once are counted, too. A place where an
// account has signed in is remembered as a subject without failures.
type SignInCount struct {
	Subject  string // a digest: it may be anything that anybody typed
	Failures int64
	LastAt   Instant
}

// SignInLimit is when failures begin to cost time.
type SignInLimit struct {
	Free    int64         // failures that cost nothing
	Longest time.Duration // the most that a failure costs
}

// The limits. They slow guessing down and lock nobody out: the wait after a
// failure is short, tries during it are not counted, and the account's own
// limit does not hold where the account has signed in before, so that nobody
// keeps its owner out by guessing from elsewhere.
var (
	LimitPair    = SignInLimit{Free: 5, Longest: time.Minute}
	LimitAddress = SignInLimit{Free: 30, Longest: time.Minute}
	LimitAccount = SignInLimit{Free: 20, Longest: 30 * time.Second}
	LimitCode    = SignInLimit{Free: 5, Longest: time.Minute}
)

// SignInForget is when failures are forgotten, counted from the last.
const SignInForget = 15 * time.Minute

// Wait is how long after now the next try is let through, 0 for at once. The
// cost doubles with each failure beyond the free ones.
func (l SignInLimit) Wait(c SignInCount, now Instant) time.Duration {
	beyond := c.Failures - l.Free
	since := now.Sub(c.LastAt.Time)
	if beyond < 0 || since >= SignInForget {
		return 0
	}
	cost := min(time.Second<<min(beyond, 30), l.Longest)
	return max(0, cost-since)
}

// Failed is the count after one more failure.
func (c SignInCount) Failed(now Instant) SignInCount {
	if now.Sub(c.LastAt.Time) >= SignInForget {
		c.Failures = 0
	}
	c.Failures++
	c.LastAt = now
	return c
}
