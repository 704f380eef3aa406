package staff_test

// returnMatrix is for returns.
var returnMatrix = map[string]string{
	"GET /staff/returns":              "owner manager support",
	"GET /staff/returns/:id":          "owner manager support",
	"POST /staff/returns/:id/receive": "owner manager support",
	"POST /staff/returns/:id/sent":    "owner manager support",
	"POST /staff/returns/:id/cancel":  "owner manager support",
	"POST /staff/returns/:id/close":   "owner manager support",
	"GET /staff/orders/:id/return":    "owner manager support",
	"POST /staff/orders/:id/return":   "owner manager support",
}
