package shop

import "slices"

// AlarmSwitch says whether a cause of alarms is told by mail.
type AlarmSwitch struct {
	Code AlarmKind `json:"code"`
	On   bool      `json:"on"`
}

// mostAlarmAddresses bounds how many are told of one cause.
const mostAlarmAddresses = 20

// AlarmSwitches is list as this release knows it: every cause once, in the
// order staff see them. One that list does not name is on, since settings
// older than a cause know nothing of it; names that nobody knows go.
func AlarmSwitches(list []AlarmSwitch) []AlarmSwitch {
	var whole []AlarmSwitch
	for _, kind := range AlarmKinds() {
		on := true
		for _, s := range list {
			if s.Code == kind {
				on = s.On
			}
		}
		whole = append(whole, AlarmSwitch{kind, on})
	}
	return whole
}

// Tells says whether a cause is told by mail to anybody.
func (s Settings) Tells(kind AlarmKind) bool {
	return len(s.AlarmMailTo) > 0 && slices.Contains(s.Alarms, AlarmSwitch{kind, true})
}

// checkAlarms says what is wrong with who is told of what.
func (s Settings) checkAlarms() error {
	if len(s.AlarmMailTo) > mostAlarmAddresses {
		return fieldError("alarm_mail_to", "At most 20 addresses can be told.")
	}
	for i, address := range s.AlarmMailTo {
		if clean, err := CleanStaffEmail(address); err != nil || clean != address {
			e := Invalid("%q is not an e-mail address in small letters.", address)
			e.Fields = map[string]string{"alarm_mail_to": e.Message}
			return e
		}
		if slices.Contains(s.AlarmMailTo[:i], address) {
			e := Invalid("%s is there twice.", address)
			e.Fields = map[string]string{"alarm_mail_to": e.Message}
			return e
		}
	}
	seen := map[AlarmKind]bool{}
	for _, a := range s.Alarms {
		if !slices.Contains(AlarmKinds(), a.Code) || seen[a.Code] {
			return Invalid("the cause of alarms %q is not known, or is there twice", a.Code)
		}
		seen[a.Code] = true
	}
	return nil
}
