package templates_test

import (
	"time"

	"longrun/internal/shop"
	"longrun/internal/stock"
	"longrun/internal/web"
	"longrun/internal/web/staff"
)

// stockSamples are the pages of stock.
func stockSamples() []staffSample {
	at := shop.At(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	full := staff.Stock{Page: staffPage("Stock"), Ways: []web.MenuItem{{Title: "Find", URL: "/staff/stock"}, {Title: "Count", URL: "/staff/stock/count"}},
		MayMove: true, Key: "ABCDEFGHIJKLMNOPQRSTUVWXYZ", Faults: []shop.LineFault{{Line: 2, Message: "“１２” is not a quantity."}}}
	full.Fields = map[string]string{"change": "Wrong.", "reason": "Wrong.", "note": "Wrong.", "lines": "Wrong.", "reference": "Wrong.", "code": "Wrong.", "from": "Wrong.", "until": "Wrong."}
	bare := staff.Stock{Page: staff.Page{Title: "Stock", ShopName: "Longrun", Stylesheet: "/assets/css/staff.css"}}
	line := shop.StockLine{VariantID: 7, ProductID: 3, ProductTitle: "Tern Racer – <b>Ember</b>", ProductStatus: shop.ProductDraft, Position: 1,
		Option1: "9", Option2: "D", SKU: "T-9D", Barcode: "4006381333931", Tracked: true, OnHand: 3, Held: 1}
	plain := shop.StockLine{VariantID: 8, ProductID: 3, ProductTitle: "Gift card", Option1: shop.DefaultTitle}
	left := int64(3)
	rows := []staff.MovementRow{
		{ID: 2, At: at, Word: "sold", Name: line.Name(), Variant: 7, SKU: "T-9D", Delta: "-1", OnHand: &left, Who: "The shop itself", Order: "1001", OrderURL: "/staff/orders/1"},
		{ID: 1, At: at, Word: "adjusted", Name: line.Name(), Variant: 7, Delta: "+1", Who: "Ada Moss", Note: "found: <script>x</script>", Order: "an order"},
	}
	groups := []staff.StockGroup{{ID: 3, Title: line.ProductTitle, Status: shop.ProductDraft, Rows: []staff.StockRow{{StockLine: line, HeldFor: "1 for an order being paid", Waiting: "2 wait"}, {StockLine: plain}}}}
	return []staffSample{
		{"stock", "staff/stock.html", &staff.FindStockPage{Stock: full, Q: "tern", Groups: groups, Next: "/staff/stock?after=3", Reasons: shop.StockReasons(),
			Adjusted: staff.AdjustForm{Variant: 7, Change: "-9", Reason: "lost", Note: "where?"}}},
		{"stock-looking", "staff/stock.html", &staff.FindStockPage{Stock: bare, Q: "tern", Groups: groups}},
		{"stock-empty", "staff/stock.html", &staff.FindStockPage{Stock: bare}},
		{"stockreceive", "staff/stockreceive.html", &staff.ReceivePage{Stock: full, Reference: "77", Lines: "T-9D\t3", Pieces: 3, Found: []stock.Line{{StockLine: line, Quantity: 3, Lines: []int{1, 2}}}}},
		{"stockreceive-empty", "staff/stockreceive.html", &staff.ReceivePage{Stock: bare}},
		{"stockcount", "staff/stockcount.html", &staff.CountPage{Stock: full, Checked: true, Note: "Shelf 4", Sheet: []staff.CountRow{{StockLine: line, Seen: 3, Counted: "2"}, {StockLine: plain, Counted: "x", Fault: "Write a number."}}}},
		{"stockcount-sheet", "staff/stockcount.html", &staff.CountPage{Stock: bare, Sheet: []staff.CountRow{{StockLine: line, Seen: 3}}}},
		{"stockcount-refused", "staff/stockcount.html", &staff.CountPage{Stock: full, Lines: "x"}},
		{"stockcount-empty", "staff/stockcount.html", &staff.CountPage{Stock: bare}},
		{"stocksell", "staff/stocksell.html", &staff.SellPage{Stock: full, Code: "400638", Recent: rows, Answer: &staff.SellAnswer{Line: line, Movement: 2, MayUndo: true, Again: true}}},
		{"stocksell-choice", "staff/stocksell.html", &staff.SellPage{Stock: bare, Code: "400638", Choices: []shop.StockLine{line, plain}, Answer: &staff.SellAnswer{Line: line, Undone: true}}},
		{"stocksell-empty", "staff/stocksell.html", &staff.SellPage{Stock: bare}},
		{"stockmovements", "staff/stockmovements.html", &staff.MovementsPage{Stock: full, Q: "tern", Kind: "order", Who: "staff:1", Kinds: shop.CauseKinds(),
			People: []web.MenuItem{{Title: "Ada Moss", URL: "staff:1"}}, Rows: rows, About: "Tern", Cause: "ABC", Next: "/staff/stock/movements?before=1-1"}},
		{"stockmovements-one", "staff/stockmovements.html", &staff.MovementsPage{Stock: full, Variant: "7", Of: &line, Rows: rows}},
		{"stockmovements-empty", "staff/stockmovements.html", &staff.MovementsPage{Stock: bare}},
		{"stocklow", "staff/stocklow.html", &staff.LowStockPage{Stock: full, Show: "out", At: 3, Lines: []shop.StockLine{line, plain}, File: "/staff/stock/low.csv", Next: "/staff/stock/low?after=1.1.1"}},
		{"stocklow-far", "staff/stocklow.html", &staff.LowStockPage{Stock: bare, File: "/staff/stock/low.csv", Next: "/staff/stock/low?after=1.1.1"}},
		{"stockwaiting", "staff/stockwaiting.html", &staff.StockWaitingPage{Stock: full, Most: 100, Lines: []staff.WaitingRow{{StockLine: line, Waiting: "3 wait", FirstAt: at}, {StockLine: plain, Waiting: "1 waits", FirstAt: at}}}},
		{"stockwaiting-empty", "staff/stockwaiting.html", &staff.StockWaitingPage{Stock: bare}},
		{"stocklow-empty", "staff/stocklow.html", &staff.LowStockPage{Stock: bare, File: "/staff/stock/low.csv"}},
	}
}
