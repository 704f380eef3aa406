package mail

// StaffAlarm is what the mail of kind shop.MailStaffAlarm says.
type StaffAlarm struct {
	ShopName    string
	Cause       string
	Lines       []AlarmLine // what is open of the cause; empty when all of it has been closed
	More        bool        // whether there are more
	URL         string      // of all alarms
	ShopEmail   string
	ShopAddress []string
}

// AlarmLine is one open alarm.
type AlarmLine struct {
	Message string
	Times   int64
	Last    string // when it happened last, as people read it
	URL     string // "" for nowhere
}

// StaffNewOrder is what the mail of kind shop.MailStaffNewOrder says.
type StaffNewOrder struct {
	ShopName    string
	Orders      int
	More        bool   // whether there are more than that
	Since       string // as people read it
	URL         string // of the staff area
	ShopEmail   string
	ShopAddress []string
}
