package shop

import "fmt"

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

// The causes. A new order is only told by mail: it stands in the queue until
// it is done, so it opens no alarm.
const (
	AlarmNewOrder     AlarmKind = "new_order"
	AlarmReview       AlarmKind = "order_review"        // key: order id
	AlarmMoney        AlarmKind = "money_without_order" // key: order id, or a session of none
	AlarmRefundFailed AlarmKind = "refund_failed"       // key: refund id
	AlarmDispute      AlarmKind = "dispute"             // key: dispute id
	AlarmMail         AlarmKind = "mail_not_leaving"
	AlarmDeadJob      AlarmKind = "dead_job" // key: kind of job
	AlarmWebhook      AlarmKind = "silent_webhook"
	AlarmVerify       AlarmKind = "verify_failed"
)

// alarmTitles are all causes, in the order staff see them, with what they are
// called.
var alarmTitles = []struct {
	kind  AlarmKind
	title string
}{
	{AlarmNewOrder, "New order"},
	{AlarmReview, "Order needs review"},
	{AlarmMoney, "Money without order"},
	{AlarmRefundFailed, "Refund failed"},
	{AlarmDispute, "Dispute and its deadline"},
	{AlarmMail, "Mail not leaving"},
	{AlarmDeadJob, "Dead job"},
	{AlarmWebhook, "Silent webhook"},
	{AlarmVerify, "Check found violations"},
}

// AlarmKinds are all causes.
func AlarmKinds() []AlarmKind {
	kinds := make([]AlarmKind, len(alarmTitles))
	for i, t := range alarmTitles {
		kinds[i] = t.kind
	}
	return kinds
}

// Title is what staff call a cause; one that nobody knows has its own name.
func (k AlarmKind) Title() string {
	for _, t := range alarmTitles {
		if t.kind == k {
			return t.title
		}
	}
	return string(k)
}

// OrderAlarmURL is the page of an order, for its alarms.
func OrderAlarmURL(id OrderID) string { return fmt.Sprintf("/staff/orders/%d", id) }

// Kinds of mail to the shop's own people.
const (
	MailStaffAlarm    MailKind = "staff_alarm"     // ThingID: the alarm that caused it
	MailStaffNewOrder MailKind = "staff_new_order" // ThingID: the order that caused it
)

// Secret says whether a mail carries what only its reader may know, such as a
// link that gives its holder a password. Nobody else is shown it, nor can
// send it again.
func (k MailKind) Secret() bool {
	return k == MailStaffInvitation || k == MailWaitConfirm || k == MailPrivacyLink || k == MailAccountSignIn || k == MailAccountEmail
}

// ForStaff says whether a mail tells the shop's own people how things stand
// when it leaves, so that sending it again later would tell something else.
func (k MailKind) ForStaff() bool { return k == MailStaffAlarm || k == MailStaffNewOrder }

// JobVerify checks the whole database. Payload: id of the VerifyRun.
const JobVerify = "verify"

// JobKinds are all kinds of job.
func JobKinds() []string {
	return []string{JobMail, JobStripeEvent, JobRefund, JobDispute, JobFetchPicture, JobVerify, JobOrderLink, JobPrivacyLink, JobErase, JobAccountMail}
}

// VerifyState is whether a check is over.
type VerifyState string

// The states of a check. At most one is open.
const (
	VerifyOpen  VerifyState = "open"
	VerifyEnded VerifyState = "ended"
)

// VerifyRun is one check of the whole database.
type VerifyRun struct {
	ID         int64
	Key        string // "night:2026-11-22", or that of the form that asked; unique
	State      VerifyState
	Who        string // Actor
	StartedAt  Instant
	EndedAt    *Instant // nil while it is open
	Violations int64
	Notices    int64
	Report     string // JSON of a VerifyReport
	Failure    string // why it could not be finished, "" for nothing
}

// VerifyReport is what a check found.
type VerifyReport struct {
	Violations []VerifyLine `json:"violations"`
	Notices    []VerifyLine `json:"notices"`
}

// VerifyLine is a sentence about one thing. Notices have no rule.
type VerifyLine struct {
	Rule string `json:"rule,omitempty"`
	Line string `json:"line"`
}
