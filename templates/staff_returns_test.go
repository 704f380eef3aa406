package templates_test

import (
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web/staff"
)

// returnSamples are the pages of returns, each full and empty.
func returnSamples() []staffSample {
	bare := staff.Page{Title: "Staff", ShopName: "Longrun", Stylesheet: "/assets/css/staff.css"}
	full := staffPage("Returns")
	full.Fields = map[string]string{"number": "None.", "piece-5": "Choose.", "unit-1": "Choose.", "why": "Write it."}
	order := staffOrder()
	at, variant, exchange, refund := order.PlacedAt, shop.VariantID(3), shop.OrderID(9), shop.RefundID(2)
	back := shop.Return{ID: 4, OrderID: 7, Number: 1042, Channel: shop.ReturnByStaff, State: shop.ReturnArrived, Override: "Promised <on> the phone", AskedAt: at, DeadlineAt: at, AnswerDueAt: &at}
	asked := back
	asked.State, asked.AnswerDueAt, asked.Override = shop.ReturnRequested, nil, ""
	over := back
	over.State, over.ClosedAt, over.AnswerDueAt = shop.ReturnClosed, &at, nil
	open := staff.ReturnPiece{
		ReturnUnit: shop.ReturnUnit{ID: 5, UnitID: 1, Reason: "too_small.half", Comment: "the <toes>", Outcome: shop.OutcomeExchange, VariantID: &variant, ExchangeID: &exchange},
		Title:      "Tern Racer – Ember, 9 / D", Wants: "9.5 / D instead", WantsURL: "/staff/orders/9", State: "was missing", Name: "piece-5", OpenStill: true,
		Form: staff.PieceForm{Came: "here", Condition: "worn", Disposition: "quarantine", Note: "A <note>"},
	}
	done := staff.ReturnPiece{
		ReturnUnit: shop.ReturnUnit{ID: 6, UnitID: 2, Reason: "other.other", Condition: shop.ConditionNew, Disposition: shop.DispositionRestock, RefundID: &refund, Note: "<b>", EndedAt: &at},
		Title:      "Keel, 10.5 / EE", Wants: "its money back", State: "came back", Name: "piece-6",
	}
	page := staff.ReturnPage{
		Page: full, Return: back, Heading: "Return R1042", Action: "/staff/returns/4", Order: order, OrderNumber: "#1001", OrderURL: "/staff/orders/7",
		Pieces: []staff.ReturnPiece{open, done}, Open: true, Late: true, Conditions: shop.Conditions(), Dispositions: shop.Dispositions(), Why: "kept <it>",
	}
	waiting, closed := page, page
	waiting.Return, waiting.Late = asked, false
	closed.Return, closed.Open, closed.Late, closed.Pieces = over, false, false, []staff.ReturnPiece{done}
	ask := staff.ReturnAskPage{
		Page: full, Heading: "Take back from #1001", Action: "/staff/orders/7/return", Back: "/staff/orders/7", Reasons: shop.ReturnReasons(), Override: "Because <so>", Key: "KEY", Asks: true,
		Pieces: []staff.ReturnablePiece{
			{ID: 1, Title: "Tern Racer – Ember, 9 / D", Position: "1 of 2", Until: "January 21, 2027", May: true, Refusal: "Too late.", Sizes: []staff.SizeChoice{{ID: 3, Title: "9.5 / D", Free: true}, {ID: 4, Title: "10 / D"}}, Form: staff.WishForm{Chosen: true, Reason: "too_small.half", Comment: "<toes>", Size: "3"}},
			{ID: 2, Title: "Keel", Refusal: "It was cancelled."},
		},
	}
	line := staff.ReturnLine{ReturnRow: database.ReturnRow{Return: back, Name: "Ada <Runner>", Pieces: 2, Open: 1}, URL: "/staff/returns/4", Order: "#1001", OrderURL: "/staff/orders/7", Late: true}
	ended := line
	ended.Return, ended.Late = over, false
	return []staffSample{
		{"returns", "staff/returns.html", &staff.ReturnsPage{Page: full, Queue: database.ReturnsHere, Rows: []staff.ReturnLine{line}, More: true, Number: "<R9>"}},
		{"returns-coming", "staff/returns.html", &staff.ReturnsPage{Page: bare, Queue: database.ReturnsComing, Rows: []staff.ReturnLine{line}}},
		{"returns-over", "staff/returns.html", &staff.ReturnsPage{Page: bare, Queue: database.ReturnsOver, Rows: []staff.ReturnLine{ended}}},
		{"returns-empty", "staff/returns.html", &staff.ReturnsPage{Page: bare, Queue: database.ReturnsHere}},
		{"return", "staff/return.html", &page},
		{"return-requested", "staff/return.html", &waiting},
		{"return-closed", "staff/return.html", &closed},
		{"return-empty", "staff/return.html", &staff.ReturnPage{Page: bare, Heading: "Return R1", OrderNumber: "#1001", OrderURL: "/staff/orders/7"}},
		{"returnask", "staff/returnask.html", &ask},
		{"returnask-empty", "staff/returnask.html", &staff.ReturnAskPage{Page: bare, Heading: "Take back from #1001", Action: "/staff/orders/7/return", Back: "/staff/orders/7", None: true}},
	}
}
