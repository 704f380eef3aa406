package staff_test

// stockMatrix is for stock.
var stockMatrix = map[string]string{
	"GET /staff/stock":            "owner manager support editor",
	"POST /staff/stock/adjust":    "owner manager support",
	"GET /staff/stock/receive":    "owner manager support",
	"POST /staff/stock/receive":   "owner manager support",
	"GET /staff/stock/count":      "owner manager support",
	"POST /staff/stock/count":     "owner manager support",
	"GET /staff/stock/sell":       "owner manager support",
	"POST /staff/stock/sell":      "owner manager support",
	"POST /staff/stock/sell/undo": "owner manager support",
	"GET /staff/stock/movements":  "owner manager support editor",
	"GET /staff/stock/waiting":    "owner manager support editor",
	"GET /staff/stock/low":        "owner manager support editor",
	"GET /staff/stock/low.csv":    "owner manager support editor",
}
