package templates_test

import (
	"longrun/internal/shop"
	"longrun/internal/web/storefront"
)

func sampleWait() *storefront.WaitForm {
	return &storefront.WaitForm{Action: "/waiting", Sizes: []storefront.WaitSize{{ID: 7, Title: "5.5 / D"}, {ID: 8, Title: `9 "<i>`, Checked: true}}}
}

func sampleWaiting(state shop.WaitState) *storefront.WaitingPage {
	return &storefront.WaitingPage{Page: samplePage("Waiting for a size"), What: "Tern Racer – Ember in 9 / D", ProductURL: "/products/tern-racer?variant=42",
		State: state, Since: "November 2, 2026", Action: "/waiting/t0ken", PerDay: 5}
}
