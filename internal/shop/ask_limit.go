package shop

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// AskLimit is how often something may be asked for in a span of time. The span
// begins with the first asking. Its counts stand beside those of sign-ins.
type AskLimit struct {
	Most   int64
	Within time.Duration
}

// Allow counts one more asking and says whether it is allowed; one that is not
// is not counted, so that the wait ends however often somebody presses.
func (l AskLimit) Allow(c SignInCount, now Instant) (SignInCount, bool) {
	if c.Failures <= 0 || now.Sub(c.LastAt.Time) >= l.Within || now.Before(c.LastAt) {
		c.Failures, c.LastAt = 0, now
	}
	if c.Failures >= l.Most {
		return c, false
	}
	c.Failures++
	return c, true
}

// AskSubject names what is counted without keeping what anybody typed: the
// kind of asking and a digest of what it is about.
func AskSubject(kind string, parts ...string) string {
	sum := sha256.Sum256([]byte(kind + "\x00" + strings.Join(parts, "\x00")))
	return kind + ":" + hex.EncodeToString(sum[:16])
}
