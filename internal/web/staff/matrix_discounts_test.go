package staff_test

// discountMatrix is for the discount codes.
var discountMatrix = map[string]string{
	"GET /staff/discounts":              "owner manager",
	"GET /staff/discounts/new":          "owner manager",
	"POST /staff/discounts/new":         "owner manager",
	"GET /staff/discounts/:id":          "owner manager",
	"POST /staff/discounts/:id":         "owner manager",
	"POST /staff/discounts/:id/end":     "owner manager",
	"POST /staff/discounts/:id/restore": "owner manager",
}
