package staff_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// buying is what a shopper buys and who that is.
type buying struct {
	size, quantity string
	buyer          url.Values // by autocomplete token, in the place of apptest.Buyer's
	note, gift     string
}

// tern puts a shoe on sale.
func tern(s *apptest.Shop) shop.Product {
	return s.Sell(apptest.Shoe{Handle: "tern", Title: "Tern Racer", Price: 14_000, Sizes: []string{"9", "9.5", "10"}, Stock: 100})
}

// buy buys tern and waits until the order is paid.
func buy(t *testing.T, s *apptest.Shop, what buying) shop.Order {
	t.Helper()
	if what.size == "" {
		what.size = "9"
	}
	if what.quantity == "" {
		what.quantity = "1"
	}
	bag := s.Shopper(t).Get("/products/tern").Form("/cart/add").Set("options[Size]", what.size).Set("quantity", what.quantity).Submit("")
	form := bag.Form("/cart")
	if what.note != "" {
		form.Set("note", what.note)
	}
	if what.gift != "" {
		form.Set("gift_note", what.gift)
	}
	paying := form.Submit("checkout")
	buyer := apptest.Buyer()
	for name, values := range what.buyer {
		buyer[name] = values
	}
	paid := paying.Form(paying.URL.Path).FillByAutocomplete(buyer).Submit("do=pay").Must(200, "Thank you")
	number := regexp.MustCompile(`#(\d+)`).FindStringSubmatch(paid.Text())
	var n int64
	if len(number) != 2 {
		t.Fatalf("no number: %.300s", paid.Text())
	}
	fmt.Sscan(number[1], &n)
	order, err := s.App.DB.OrderByNumber(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	return order
}

func orderPage(o shop.Order) string { return fmt.Sprintf("/staff/orders/%d", o.ID) }

func TestAnOrderIsFoundShippedCorrectedUndoneAndDelivered(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{quantity: "2"})
	desk := signIn(t, s, owner.Email)
	list := desk.Get("/staff/orders").Must(200, "To ship 1", "#1001", "just now", "Ada Runner", "Portland, OR", "2 pieces: 2 × Tern Racer, 9", "$280.00", "Paid")
	page := list.Follow("Ship 2 pieces").Must(200, "Order #1001", "Ship 2 pieces", "1 Track Road", "visa ···· 4242", "Captured $2", "cs_test_", "None of the same address")
	page.Follow("The order's private page").Must(200, "#1001")

	form := page.Form(orderPage(order)+"/ship").Set("tracking", "1Z 999 AA1 01 2345 6784")
	form.Values["unit"] = form.Values["unit"][:1]
	page = form.Submit("").Must(200, "The parcel is on its way.", "Ship 1 piece", "UPS, 1Z999AA10123456784", "1 × Tern Racer, 9", "1 in parcel 1, 1 waiting", "Partly shipped")
	if again := form.Submit(""); again.Status != 200 || strings.Contains(again.Text(), "Parcel 2") {
		t.Errorf("the same form again: %d %.300s", again.Status, again.Text())
	}
	parcels, err := s.App.DB.ParcelsOfOrder(t.Context(), order.ID)
	if err != nil || len(parcels) != 1 {
		t.Fatalf("%+v %v", parcels, err)
	}
	at := fmt.Sprintf("%s/parcels/%d", orderPage(order), parcels[0].ID)
	page.Form(at+"/correct").Set("carrier", "USPS").Set("tracking", "9400111899223197428490").Submit("").Must(200, "The parcel is corrected.", "USPS, 9400111899223197428490")
	page.Form(at+"/correct").Set("carrier", "FedEx").Set("tracking", "123456789012").Submit("").Must(409, "Somebody else has corrected parcel 1")
	desk.Get("/staff/orders?q=9400111899223197428490").Must(200, "Order #1001")

	desk.Get(orderPage(order)).Form(at+"/delivered").Submit("").Must(200, "has arrived", "Not delivered after all")
	desk.Get(orderPage(order)).Form(at+"/not-delivered").Submit("").Must(200, "on its way again")
	page = desk.Get(orderPage(order)).Form(at+"/undo").Set("why", "The label was wrong").Submit("").Must(200, "Its pieces wait again.", "Ship 2 pieces", "The label was wrong")

	page.Form(orderPage(order)+"/notes").Set("text", "Called <b>Ada</b>").Submit("").Must(200, "The note is on the timeline.", "The owner", "Called <b>Ada</b>")
	page.Form(orderPage(order)+"/notes").Set("text", " ").Submit("").Must(422)
	for text, want := range map[string]int{"1001": 200, "#1001": 200, "ada@example.com": 200, "runner ad": 200, "tern-9": 200, "TERN-9": 200} {
		if got := desk.Get("/staff/orders?q="+url.QueryEscape(text)).Must(want, "Order #1001"); got.URL.Path != orderPage(order) {
			t.Errorf("%q led to %s", text, got.URL)
		}
	}
	desk.Get("/staff/orders?q=grace").Must(200, "Nothing was found for “grace”")
	s.Verify()
}

func TestPiecesAreCancelledAfterTheSumIsShown(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{quantity: "3"})
	desk := signIn(t, s, owner.Email)
	field := fmt.Sprintf("line-%d", order.Lines[0].ID)
	action := orderPage(order) + "/cancel"
	plan := desk.Get(orderPage(order)).Follow("Cancel pieces").Must(200, "3 × Tern Racer, 9", "Cancel 3 pieces and give back $4")
	one := desk.Get(action+"?"+field+"=1").Must(200, "1 × Tern Racer, 9", "$140.00", "Cancel 1 piece and give back")
	desk.Get(action+"?"+field+"=4").Must(422, "0 to 3 can be cancelled")
	desk.Get(action + "?" + field + "=１").Must(422)
	desk.Get(action+"?"+field+"=0").Must(422, "Choose how many")

	first, second := one.Form(action), plan.Form(action)
	first.Set("reason", "Too small").Submit("").Must(200, "The pieces are cancelled", "1 cancelled, 2 waiting", "Given back", "Too small")
	second.Submit("").Must(409, "cancelled meanwhile") // the other tab, which wanted all three
	first.Submit("").Must(200, "1 cancelled, 2 waiting")
	now, err := s.App.DB.OrderByID(t.Context(), order.ID)
	if err != nil || len(now.Waiting()) != 2 {
		t.Errorf("%d wait, %v", len(now.Waiting()), err)
	}
	s.Verify()
}

func TestMuchMoneyAsksForThePassword(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{quantity: "4"})
	token := session(t, s, owner)
	desk := signIn(t, s, owner.Email)
	plan := desk.Get(orderPage(order)+"/cancel").Must(200, "Cancel 4 pieces").MustNot("Your password")
	form := plan.Form(orderPage(order) + "/cancel").Values

	s.Advance(11 * time.Minute)
	desk.Get(orderPage(order)+"/cancel").Must(200, "Your password, for an amount like this")
	post := func(change url.Values) answer {
		v := url.Values{}
		for name, list := range form {
			v[name] = list
		}
		for name, list := range change {
			v[name] = list
		}
		return ask(t, s, "POST", orderPage(order)+"/cancel", token, v)
	}
	for name, a := range map[string]answer{"none": post(nil), "a wrong one": post(url.Values{"current": {"no"}})} {
		if a.status != 422 || !strings.Contains(a.body, `name="current"`) {
			t.Errorf("%s: %d", name, a.status)
		}
	}
	// A smaller sum in the form spares the password and is not what goes back.
	if a := post(url.Values{"expected": {"100"}}); a.status != 409 {
		t.Errorf("a smaller sum: %d", a.status)
	}
	if a := post(url.Values{"current": {password}}); a.status != 303 {
		t.Errorf("the password: %d %.400s", a.status, a.body)
	}
	s.Verify()
}

func TestAnOrderInReviewIsNotShippedUntilItIsLetGo(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{buyer: url.Values{"address-level1": {"AK"}, "address-level2": {"Nome"}, "postal-code": {"99762"}}})
	support := signIn(t, s, hire(t, s, "support@shop.example", shop.RoleSupport).Email)
	support.Get("/staff/orders?tab=review").Must(200, "Needs review 1", "To ship 0", "Nome, AK").Follow("Look at it").
		Must(200, "Needs review", "An owner or a manager lets it go on.").MustNot("Ship it")
	desk := signIn(t, s, owner.Email)
	page := desk.Get(orderPage(order))
	if page.HasForm(orderPage(order) + "/ship") {
		t.Error("an order in review has a form to ship it")
	}
	page.Form(orderPage(order)+"/review").Set("text", " ").Submit("").Must(422)
	page.Form(orderPage(order)+"/review").Set("text", "Paid the extra by phone").Submit("").Must(200, "The order goes on.", "Ship it", "Paid the extra by phone")
	desk.Get("/staff/orders").Must(200, "Needs review 0", "To ship 1")
}

func TestTheFileForLabelsGoesOutAndComesBack(t *testing.T) {
	s, owner := open(t)
	tern(s)
	order := buy(t, s, buying{buyer: url.Values{"name": {"=HYPERLINK(1)"}}})
	token := session(t, s, owner)
	file := ask(t, s, "GET", "/staff/orders/to-ship.csv", token, nil)
	if file.status != 200 || !strings.Contains(file.header.Get("Content-Disposition"), "attachment; filename=\"to-ship-") ||
		!strings.Contains(file.header.Get("Content-Type"), "text/csv") || !strings.Contains(file.header.Get("Cache-Control"), "no-store") {
		t.Errorf("%d %v", file.status, file.header)
	}
	if !strings.Contains(file.body, "1001") || strings.Contains(file.body, ",=HYPERLINK") || !strings.Contains(file.body, "'=HYPERLINK") {
		t.Errorf("the file: %s", file.body)
	}
	desk := signIn(t, s, owner.Email)
	page := desk.Get("/staff/orders/tracking")
	rows := "Order,Carrier,Tracking\n#1001,UPS,1Z999AA10123456784\n#4711,UPS,1Z999AA10123456785\n"
	for _, want := range [][]string{
		{"Parcels sent 1", "Known already 0", "Left out 1", "4711"},
		{"Parcels sent 0", "Known already 1"},
	} {
		page.Form("/staff/orders/tracking").Set("pasted", rows).Submit("").Must(200, want...)
	}
	upload(t, s, token, "tracking.csv", rows, 200, "Parcels sent 0", "Known already 1")
	upload(t, s, token, "tracking.csv", "\x00\x01", 400)
	upload(t, s, token, "tracking.csv", strings.Repeat("a,b\n", 250_000), 413)
	page.Form("/staff/orders/tracking").Set("pasted", "nothing of use").Submit("").Must(422, "nothing of use")
	page.Form("/staff/orders/tracking").Submit("").Must(422, "Choose a file")
	desk.Get(orderPage(order)).Must(200, "Parcel 1", "1Z999AA10123456784").MustNot("Parcel 2")
	s.Verify()
}
