package demo

import "net/url"

// purchase is what somebody bought in the demo shop, and what became of it.
type purchase struct {
	buyer   url.Values // as the payment page names the fields
	handles []string
	note    string
	gift    string
	after   stage
}

// stage is how far the shop's staff are with a purchase.
type stage int

const (
	waiting stage = iota
	partlySent
	sentAll
	arrived
	cancelled
)

// purchases are the demo shop's, the oldest first.
var purchases = []purchase{
	{buyer: from("Mara Lindqvist", "mara.lindqvist", "88 Alder Street", "Seattle", "WA", "98104"), handles: shoes(0, 5), after: arrived},
	{buyer: from("Tobias Wren", "toby.wren", "4 Quarry Road", "Boulder", "CO", "80302"), handles: shoes(1), after: arrived},
	{buyer: from("Imani Oduya", "imani", "1209 Lakeshore Drive", "Chicago", "IL", "60611"), handles: shoes(2), after: sentAll},
	{buyer: from("Pavel Horak", "p.horak", "31 Mill Lane", "Burlington", "VT", "05401"), handles: shoes(3), after: cancelled},
	{buyer: from("June Castellano", "june.castellano", "560 Ocean Avenue, Apt 3", "Santa Cruz", "CA", "95060"), handles: shoes(4, 6), after: partlySent},
	{buyer: from("Desmond Achterberg", "desmond", "77 Third Street", "Ithaca", "NY", "14850"), handles: shoes(7), note: "Please leave it at the back door.", after: waiting},
	{buyer: from("Saoirse Brannigan", "saoirse.b", "9 Harbor View", "Portland", "ME", "04101"), handles: shoes(8), gift: "For your first marathon. Run easy!", after: waiting},
	{buyer: from("Yusuf Karaca", "yusuf.karaca", "2401 Spenard Road", "Anchorage", "AK", "99503"), handles: shoes(9), after: waiting},
}

// from is a buyer of the demo shop; the names and streets are invented.
func from(name, mailbox, line1, city, state, postal string) url.Values {
	return url.Values{
		"name": {name}, "email": {mailbox + "@runner.example"}, "line1": {line1}, "city": {city}, "state": {state}, "postal_code": {postal}, "country": {"US"},
	}
}

// shoes are handles of the demo shop's shoes by their place in its list
// of styles, each in its first colourway.
func shoes(places ...int) []string {
	styles := Styles()
	handles := make([]string, len(places))
	for i, n := range places {
		s := styles[n%len(styles)]
		handles[i] = s.Handle(s.Colourways[0])
	}
	return handles
}
