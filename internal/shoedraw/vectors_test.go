package shoedraw

import (
	"encoding/hex"
	"fmt"
	"slices"
	"testing"
	"time"
)

const march Period = "2025-03"

// people are the entrants of the reference's vectors: entrant key i is
// SHA-256("test entrant key i").
var people = []struct{ address, code, ticket string }{
	{"ana@example.com", "97c89141b7d9904f60da351ce71d0da0", "9f2f27057bfe638e8e5fad7c14a4ecab71eff5bbeb5334f787165094ce03de77"},
	{"bo@example.com", "ca280db5824ce092c2c420f1978cd3c8", "1c9dfa3d595fc164fe4946ad7423f13b582c9d104f8757dd1b30be0d93ebef62"},
	{"chi@example.com", "2f674a378c64151257c838686d0a4155", "70614b5b2bf0d80698c9b81cae675ac2e6e7398306f57a8e5bea8174e7de30db"},
	{"dee@example.org", "5815ec8a723977f493b24a0deb48c3eb", "7d8298269fa4f738d321c02b96835b3c8fe7ddafb39978c155586e157a95e2b8"},
	{"eli@example.net", "12d18e3bebe0eb7adaa7874f19341b0f", "462df2ae99ec263149bfd9e809efba81f02d21416fbc6bccb15778e9d3be2105"},
	{"fay@example.com", "b0919e132fca637fbb1a3f63de1bb161", "84c31dce80c485b91eb8967fd0447650dd1758452f17a684da7981b591fc74a8"},
	{"gus@xn--mnchen-3ya.example", "326e394973989827db42ce3d2f44efef", "d2120582997cd5a66eca21e9923c89d83a961669fa37d9540814c6754fe92b27"},
}

const root = "fde94264c7bf70f5f15b49d532e2d1fd0cb8b6a0aab4e48b7b046e38fb3a5be3"

func entrantKey(i int) []byte {
	h := Sum(fmt.Appendf(nil, "test entrant key %d", i))
	return h[:]
}

func hashIn(t *testing.T, s string) Hash {
	t.Helper()
	h, err := ParseHash(s)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// marchTickets are those of the people, sorted.
func marchTickets() []Ticket {
	var tickets []Ticket
	for i, p := range people {
		tickets = append(tickets, NewCode(entrantKey(i), march).Ticket(march, p.address))
	}
	slices.SortFunc(tickets, func(a, b Ticket) int { return slices.Compare(a[:], b[:]) })
	return tickets
}

// list gives tickets one by one.
func list(tickets []Ticket) Tickets {
	return func() (Ticket, bool, error) {
		if len(tickets) == 0 {
			return Ticket{}, false, nil
		}
		t := tickets[0]
		tickets = tickets[1:]
		return t, true, nil
	}
}

func TestCodesAndTickets(t *testing.T) {
	for i, p := range people {
		code := NewCode(entrantKey(i), march)
		if got := hex.EncodeToString(code[:]); got != p.code {
			t.Errorf("%s: code %s", p.address, got)
		}
		if got := code.Ticket(march, p.address).String(); got != p.ticket {
			t.Errorf("%s: ticket %s", p.address, got)
		}
	}
	if got := NewCode(entrantKey(0), march).String(); got != "JZ492GDQV684YR6T6MEEE78DM0" {
		t.Errorf("Ana's code is %s", got)
	}
}

func TestTheRootOfTheList(t *testing.T) {
	var tree Tree
	if tree.Root() != Sum(nil) {
		t.Errorf("the root of none is %s", tree.Root())
	}
	for _, ticket := range marchTickets() {
		if err := tree.Add(ticket); err != nil {
			t.Fatal(err)
		}
	}
	if got := tree.Root().String(); got != root || tree.Len() != 7 {
		t.Errorf("root %s of %d", got, tree.Len())
	}
	proof, led, err := Prove(list(marchTickets()), 7, 2)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"18f23edc0ecab4053e7ec031d080ed5292c3e0e3af9c61773e03fc96d6f5da21", "7b0be9bfaa68ce65aa3a4787867a817fa8531bfb54712cc314100e46b5994422", "fe3f8551160ce4e1182d663834b97feee82dbebee307351282d7bf4ee094e3d5"}
	for i, h := range proof.Path {
		if h.String() != want[i] {
			t.Errorf("step %d of the path is %s", i, h)
		}
	}
	if led != tree.Root() || len(proof.Path) != 3 || !proof.Holds(tree.Root()) || proof.Ticket.String() != people[2].ticket {
		t.Errorf("%+v", proof)
	}
}

func masterKey() []byte {
	key := make([]byte, 32)
	for i := range key {
		key[i] = byte(i)
	}
	return key
}

// months are the vectors' months, one for each source.
var months = []struct {
	source            string
	round             int64
	announcementBytes int
	announcement      string
	commitmentBytes   int
	commitment        string
	randomness        func() []byte
	signature         string
	seed              string
	picks             []int64
}{
	{"sealed", 0, 395, "c150926d3b0aefc411c4762c054bf7be0a4d80e76671bedb8f0b7df0976d9074", 208, "c755cee6329756690ed424eddb0aeb75110d7f89fdb89f183e8b703f025adf78",
		func() []byte { s := Secret(masterKey(), march); return s[:] }, "", "12bcb045e2dcb6f71daa47054d46130a4d1af76a40d10d08d04a744ec94d3910", []int64{2, 4, 6, 5}},
	{"drand 52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971 after 86400", 1000, 471, "c492db1f8c03bfbd57ed2d4fcf268019e612fc57f45573ecf580631202532eb9", 211, "72572c49f8b2d18a69ab230a9004331953864258c14cff81c2e4bb50189560b4",
		func() []byte { b, _ := hex.DecodeString(round1000); h := Sum(b); return h[:] }, round1000, "7795abf44d15da7e0e85c34303254c63587f707ef4105dec432b78153329c833", []int64{5, 4, 3, 1}},
	{"public NY-LOTTERY-NUMBERS-EVE 2025-04-02", 0, 429, "8c6f2ca8a28bdc1252926abbb1170b3ba58b8d5a3173794c69000bf9ac8a8109", 208, "623c45311b985d39aa4a65fce9bd5264e71e3e3f35d0cac12e7b79a26ba46e40",
		func() []byte { return []byte("4-1-7\n") }, "", "a97daa54d712a3893c7adc8e6f43fb2962d8a6de6671eec1dcfda3cb4ab907d6", []int64{1, 6, 5, 4}},
}

// round1000 is the signature of that round of the chain "quicknet".
const round1000 = "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"

// published are the documents of a month of the vectors, with a result.
func published(t *testing.T, n int) (Announcement, Month) {
	t.Helper()
	v := months[n]
	source, err := ParseSource(v.source)
	if err != nil {
		t.Fatal(err)
	}
	secret := Secret(masterKey(), march)
	a := Announcement{
		Shop: "shop.example", Period: march, Zone: "America/New_York",
		Opens: At(time.Date(2025, 3, 1, 5, 0, 0, 0, time.UTC)), Closes: At(time.Date(2025, 4, 1, 4, 0, 0, 0, time.UTC)),
		Source: source, Sealed: Sum(secret[:]), Winners: 1, Alternates: 3, Rules: Sum([]byte("official rules text v1\n")),
	}
	tickets := marchTickets()
	c := Commitment{Announcement: a.Hash(), Period: march, Entries: 7, Root: hashIn(t, root), Round: v.round}
	d := Draw{Commitment: c.Hash(), Period: march, Randomness: v.randomness()}
	d.Signature, _ = hex.DecodeString(v.signature)
	if d.Seed, err = Seed(c.Hash(), d.Randomness); err != nil {
		t.Fatal(err)
	}
	for _, position := range Picks(d.Seed, 7, a.Picks()) {
		d.Picks = append(d.Picks, Pick{position, tickets[position]})
	}
	res := Result{Draw: d.Hash(), Period: march, Outcomes: []Outcome{SkippedUnclaimed, Awarded, Unused, Unused}}
	return a, Month{
		Announcement: a.Bytes(), Rules: []byte("official rules text v1\n"), Commitment: c.Bytes(), Tickets: list(tickets), Draw: d.Bytes(), Result: res.Bytes(),
	}
}

func trusting(Hash, int64, []byte) error { return nil }

func TestTheMonthsOfTheReference(t *testing.T) {
	if secret := Secret(masterKey(), march); secret.String() != "b70d26dadf0572866f5c58b6b9df13b80ecf1f94d88fb2b1a8b6a3a96d4a235f" ||
		Sum(secret[:]).String() != "eb2df0ec202545d210f3b27ddef4ac528c6b3256ce4fcfa43f76fa3776f23ecd" {
		t.Errorf("the secret is %s", secret)
	}
	for n, v := range months {
		t.Run(v.source, func(t *testing.T) {
			a, m := published(t, n)
			if got := a.Hash().String(); got != v.announcement || len(m.Announcement) != v.announcementBytes {
				t.Errorf("announcement %s of %d bytes:\n%s", got, len(m.Announcement), m.Announcement)
			}
			if got := Sum(m.Commitment).String(); got != v.commitment || len(m.Commitment) != v.commitmentBytes {
				t.Errorf("commitment %s of %d bytes:\n%s", got, len(m.Commitment), m.Commitment)
			}
			verified, err := Verify(m, trusting)
			if err != nil {
				t.Fatal(err)
			}
			if got := verified.Draw.Seed.String(); got != v.seed {
				t.Errorf("seed %s", got)
			}
			for k, p := range verified.Draw.Picks {
				if p.Position != v.picks[k] {
					t.Errorf("pick %d is %d", k, p.Position)
				}
			}
		})
	}
}
