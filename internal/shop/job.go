package shop

// Job is work off the request path, written in the transaction that wants it.
// (Kind, Key) is unique, so that the same wish is one job.
type Job struct {
	ID         JobID
	Kind       string
	Key        string
	Payload    string // JSON, ids only
	State      JobState
	RunAt      Instant
	Attempts   int
	LeaseUntil *Instant
	Fence      int64 // raised with each claim; an older holder's result is refused
	LastError  string
	CreatedAt  Instant
	FinishedAt *Instant
}

// JobState is the state of a job.
type JobState string

// The states of a job. A dead one waits for staff to replay it.
const (
	JobReady JobState = "ready"
	JobDone  JobState = "done"
	JobDead  JobState = "dead"
)

// The kinds of job.
const (
	JobStripeEvent  = "stripe_event"  // payload: event id
	JobMail         = "mail"          // payload: mail id
	JobRefund       = "refund"        // payload: refund id
	JobDispute      = "dispute"       // payload: dispute id
	JobFetchPicture = "fetch_picture" // payload: image id
)

// Mail is one message of the outbox. Its text is written when it is handed
// over, from the things it names; Key makes it happen once, MessageID stays
// the same if it must be handed over again.
type Mail struct {
	ID        MailID
	Kind      MailKind
	Key       string
	Recipient string
	ThingID   int64 // the order, refund or parcel it is about
	MessageID string
	State     MailState
	CreatedAt Instant
	HandedAt  *Instant
	Refusal   string // why the mail server has refused it for good, in its words; "" if it has not
}

// MailKind is a kind of mail.
type MailKind string

// The kinds of mail.
const (
	MailOrderConfirmation MailKind = "order_confirmation" // ThingID: order
	MailLateRefund        MailKind = "late_refund"        // ThingID: refund
	MailShipped           MailKind = "shipped"            // ThingID: parcel
	MailOrderCancelled    MailKind = "order_cancelled"    // ThingID: refund
	MailRefund            MailKind = "refund"             // ThingID: refund
	MailPaymentFailed     MailKind = "payment_failed"     // ThingID: order
)

// MailState is the state of a mail.
type MailState string

// The states of a mail.
const (
	MailQueued  MailState = "queued"
	MailHanded  MailState = "handed"
	MailRefused MailState = "refused" // for good, by the mail server; it is not tried again
)

// Link is an unguessable link in a mail: its token can be written again from
// the row and the secret key, but not from the row alone.
type Link struct {
	ID        LinkID
	Purpose   LinkPurpose
	ThingID   int64
	Nonce     []byte
	KeyID     string // which secret key made it
	Digest    []byte // SHA-256 of the token
	ExpiresAt *Instant
	UsedAt    *Instant
	CreatedAt Instant
}

// LinkPurpose is what a link is good for; a token of one purpose opens
// nothing else.
type LinkPurpose string

// LinkOrder opens an order's private page.
const LinkOrder LinkPurpose = "order"

// Change says that a thing that pages may show has changed. Instances read
// these rows and drop the cached pages that name it.
type Change struct {
	ID   int64
	Kind string // ChangeProduct, …
	Key  string // its id or handle
	At   Instant
}

// The kinds of thing a cached page can name.
const (
	ChangeProduct    = "product"    // key: id
	ChangeCollection = "collection" // key: id
	ChangeCatalog    = "catalog"    // key: "": which products there are
	ChangeSettings   = "settings"   // key: ""
)

// AuditEntry is one change by staff, a token or a command.
type AuditEntry struct {
	Who       string
	Action    string // "settings.set"
	ThingKind string
	ThingID   string
	Details   string // JSON with before and after
}
