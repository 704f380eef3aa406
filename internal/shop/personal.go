package shop

import "strings"

// PersonalTable is what has been decided about the columns of a table: each
// column stands in exactly one of the lists, its names apart by spaces. A test
// holds this to the schema, so that nobody adds a column without deciding.
type PersonalTable struct {
	Table string

	Nothing string // says nothing of any person
	Staff   string // is of the shop's own people
	Passing string // a digest, a number or a time about a shopper or their device, which goes when its time is over
	Kept    string // is of a shopper and stays after an erasure, for the reason in Why
	Erased  string // is of a shopper and goes with an erasure

	File string // of an export that tells of what is Kept and Erased, "" for none
	Why  string // why what is Kept stays
}

// The reasons why something stays.
const (
	whyTax   = "Tax law asks for what was sold, when, for how much, with which tax, and where it was taxed."
	whyMoney = "It ties what was paid and given back to Stripe’s books."
	whyProof = "It shows that an erasure was asked for and done, without the address."
)

// Personal is the decision on every column of every table.
func Personal() []PersonalTable { return personal }

// Columns are the columns that have been decided about, with the list each
// stands in: "nothing", "staff", "passing", "kept" or "erased".
func (t PersonalTable) Columns() map[string][]string {
	columns := map[string][]string{}
	for list, names := range map[string]string{
		"nothing": t.Nothing, "staff": t.Staff, "passing": t.Passing, "kept": t.Kept, "erased": t.Erased,
	} {
		for _, name := range strings.Fields(names) {
			columns[name] = append(columns[name], list)
		}
	}
	return columns
}
