package shop

import (
	"fmt"
	"time"
)

// WaitID names a wait.
type WaitID int64

// StockWait is somebody who would like to hear when a size is back. Who asked
// first is told first: the place in the line is the id.
type StockWait struct {
	ID        WaitID
	VariantID VariantID
	Email     string // as typed; "" once nothing more will be sent to it
	Address   string // Email as addresses are compared
	State     WaitState
	Round     int64 // how many mails were asked for, so that each has a key of its own
	AskedAt   Instant
	JoinedAt  *Instant // in the line since; nil before the address said yes
	EndedAt   *Instant // nil while it is asked or waiting
}

// WaitState is where a wait stands.
type WaitState string

// The states of a wait.
const (
	WaitAsked    WaitState = "asked"    // somebody typed the address; its owner has not said yes
	WaitWaiting  WaitState = "waiting"  // in the line
	WaitTold     WaitState = "told"     // the mail that it is back is in the outbox; waiting again if it had nothing to tell by the time it left
	WaitBought   WaitState = "bought"   // bought in another way while waiting
	WaitLeft     WaitState = "left"     // taken off by its owner
	WaitUnwanted WaitState = "unwanted" // the owner of the address never asked and wants no such mail
)

// The mails to people who wait. ThingID: wait.
const (
	MailWaitConfirm MailKind = "wait_confirm"  // asks the address whether it was its owner who asked
	MailBackInStock MailKind = "back_in_stock" // says that the size is back
)

// ToAnyAddress says whether a mail goes to an address that a visitor typed and
// nobody has said yes to.
func (k MailKind) ToAnyAddress() bool {
	return k == MailWaitConfirm || k == MailAccountSignIn || k == MailAccountEmail || k == MailPrivacyLink
}

// LinkWait opens a wait: to say yes, and to be taken off again.
const LinkWait LinkPurpose = "wait"

// WaitPause is how long a pair that is back is left to those who were told of
// it before the next in the line are told. It is not held for anybody.
const WaitPause = 4 * time.Hour

// How long waits are kept: one that nobody said yes to, one in the line, one
// that is over, and the wish to hear nothing.
const (
	WaitKeepAsked    = 7 * 24 * time.Hour
	WaitKeepWaiting  = 180 * 24 * time.Hour
	WaitKeepEnded    = 30 * 24 * time.Hour
	WaitKeepUnwanted = 365 * 24 * time.Hour
)

// The limits of asking. WaitLimit holds per address of a visitor and
// WaitLimitAll for all of them together, and both are told. WaitMailLimit
// holds for each mailbox and is silent, since whoever asks must not learn what
// others have asked; its owner reads of it on the page.
var (
	WaitLimit     = AskLimit{Most: 20, Within: time.Hour}
	WaitLimitAll  = AskLimit{Most: 2000, Within: time.Hour}
	WaitMailLimit = AskLimit{Most: 5, Within: 24 * time.Hour}
)

// WaitBatch is how many people are told in one transaction, few enough that it
// ends within 100 ms.
const WaitBatch = 25

// TellWaiting says how many of those who wait for a size are told now: as
// many as there are pairs that nobody was told of within WaitPause. Of a size
// without counts there are always enough.
func TellWaiting(free int64, counted bool, toldLately int64) int {
	if !counted {
		return WaitBatch
	}
	return int(min(max(free-toldLately, 0), WaitBatch))
}

// Waiting says in words how many wait for a size, counted up to most; "" for
// nobody.
func Waiting(n, most int) string {
	switch {
	case n == 0:
		return ""
	case n == 1:
		return "1 waits"
	case n >= most:
		return fmt.Sprintf("%d or more wait", most)
	}
	return fmt.Sprintf("%d wait", n)
}
