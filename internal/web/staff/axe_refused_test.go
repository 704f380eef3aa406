package staff_test

import (
	"fmt"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// refusal is a form that is sent with something wrong in it.
type refusal struct {
	name, page, form string
	typed            map[string]string
	says             string
}

// refusals are those of a shop with tern and an order of it that waits.
func refusals(tern shop.Product, order shop.Order) []refusal {
	size := tern.Variants[0].ID
	return []refusal{
		{"invite", "/staff/people/invite", "main form", map[string]string{"name": " ", "email": "nobody"}, "address"},
		{"password", "/staff/account", "form[action$=password]", map[string]string{"current": "wrong", "password": "short", "again": "other"}, "are not the same"},
		{"audit", "/staff/audit?from=yesterday", "", nil, "Audit log"},
		{"product", pageOf(tern), "#product", map[string]string{"title": " ", fmt.Sprintf("v.%d.price", size): "１２"}, "What needs another look"},
		{"product-unsure", pageOf(tern), "#product", map[string]string{fmt.Sprintf("v.%d.price", size): "1.00"}, "Is this meant?"},
		{"product-new", "/staff/products/new", "#product", map[string]string{"title": " "}, "What needs another look"},
		{"prices", "/staff/products/prices", "main form", map[string]string{"list": "nobody\tx"}, "What is not right"},
		{"duplicate", pageOf(tern) + "/duplicate", "main form", map[string]string{"handle": "tern"}, "address"},
		{"adjust", "/staff/stock?q=tern", "details form", map[string]string{"change": "-999"}, "cannot go"},
		{"receive", "/staff/stock/receive", "main form", map[string]string{"lines": "nobody 1\ntern-9 -1"}, "are not right"},
		{"count", "/staff/stock/count", "#list ~ form", map[string]string{"lines": "nobody 1"}, "not right"},
		{"count-sheet", fmt.Sprintf("/staff/stock/count?product=%d", tern.ID), "main form", map[string]string{fmt.Sprintf("counted-%d", size): "x"}, "not right"},
		{"count-checked", fmt.Sprintf("/staff/stock/count?product=%d", tern.ID), "main form", map[string]string{fmt.Sprintf("counted-%d", size): "1"}, "Nothing is saved yet"},
		{"sell", "/staff/stock/sell", "main form", map[string]string{"code": "nothing"}, "No size has"},
		{"ship", orderPage(order), "form[action$=ship]", map[string]string{"tracking": "javascript:alert(1)"}, "tracking"},
		{"note", orderPage(order), "form[action$=notes]", map[string]string{"text": " "}, "note"},
		{"cancel", orderPage(order) + "/cancel?line-1=9", "", nil, "Back to the order"},
		{"fulfil", "/staff/orders/fulfil?oldest=20", "main form", map[string]string{fmt.Sprintf("tracking-%d", order.ID): "javascript:alert(1)"}, "could not be sent"},
		{"tracking", "/staff/orders/tracking", "main form", map[string]string{"pasted": "Order,Tracking\n#1,x"}, "Left out"},
		{"tracking-unread", "/staff/orders/tracking", "main form", map[string]string{"pasted": "x"}, "Tracking numbers from a file"},
		{"collection", "/staff/collections/new", "main form", map[string]string{"title": " ", "handle": "No Address"}, "Something is missing or not right"},
		{"settings", "/staff/settings", "form[action$=plan]", map[string]string{"shop_email": "nobody", "time_zone": "Here", "zones.us-ak.rate": "1.299,00", "zones.us-ak.states": "XX"}, "are not right"},
		{"settings-plan", "/staff/settings", "form[action$=plan]", map[string]string{"return_days": "1", "shop_name": "Longer run"}, "What will change"},
		{"alarm-mail", "/staff/settings/alarms", "main form", map[string]string{"alarm_mail_to": "nobody"}, "nobody"},
		{"nowhere", "/staff/orders/999999", "", nil, "There is nothing here"},
	}
}

// TestAxeFindsNothingOnRefusedForms sends each form with something wrong.
func TestAxeFindsNothingOnRefusedForms(t *testing.T) {
	s, owner := open(t)
	product := tern(s)
	order := buy(t, s, buying{})
	i := &inspector{Browser: apptest.NewBrowser(t, true), t: t, s: s, shop: "refused"}
	i.enter(owner.Email)
	for _, r := range refusals(product, order) {
		i.Open(s.URL + r.page)
		if r.form != "" {
			i.Unfold().Send(r.form, r.typed, r.says)
		}
		i.WaitFor(r.says)
		i.inspect(r.name)
	}
	i.Open(s.URL + "/staff/products").Press("?").WaitFor("Keys on this page")
	i.inspect("keys")
	i.secondStep()
	hire(t, s, "editor@shop.example", shop.RoleEditor)
	i.Send(".out", nil, "You are signed out")
	i.enter("editor@shop.example")
	i.visit("not-for-you", "/staff/settings")
	t.Logf("%d pages", i.count)
}

// secondStep sets one up and signs in with it.
func (i *inspector) secondStep() {
	i.t.Helper()
	form := ".pair form"
	i.Open(i.s.URL+"/staff/account/second-step").WaitFor("Turn it on").Send(form, map[string]string{"code": "000000"}, "not right")
	i.inspect("second-step")
	_, rest, _ := strings.Cut(i.Text(), "type the secret:")
	secret, _, _ := strings.Cut(rest, "Type the six")
	i.Send(form, map[string]string{"code": code(i.t, secret, 0)}, "They are not shown again")
	i.inspect("recovery-codes")
	i.visit("second-step-on", "/staff/account/second-step")
	i.Send(".out", nil, "You are signed out")
	i.Send("main form", map[string]string{"email": "owner@shop.example", "password": password}, "Go on")
	i.Send("main form", map[string]string{"code": "000000"}, "not right")
	i.inspect("code")
	i.Send("main form", map[string]string{"code": code(i.t, secret, 1)}, "Sign out")
}
