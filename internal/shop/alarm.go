package shop

// Alarm is something that staff are told of, by mail at most once an hour and
// on the start page, until somebody closes it with a note. There is at most
// one open alarm of a kind and key; when it happens again its Times grow.
type Alarm struct {
	ID       AlarmID
	Kind     AlarmKind
	Key      string // which thing, "" where there is only one
	Message  string // a sentence for staff
	URL      string // where to look, a path of the staff area, "" for nowhere
	Times    int64
	OpenedAt Instant
	LastAt   Instant
	ClosedAt *Instant
	ClosedBy string // Actor
	Note     string
}

// AlarmKind is a cause of alarms.
type AlarmKind string

// VerifyRun is one check of the whole database.
type VerifyRun struct {
	ID         int64
	Who        string // Actor
	StartedAt  Instant
	EndedAt    *Instant // nil while it runs, or when it was cut off
	Violations int64
	Notices    int64
	Report     string // JSON
	Failure    string // why it could not be finished, "" for nothing
}
