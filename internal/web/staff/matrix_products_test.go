package staff_test

// productMatrix is for products and their prices.
var productMatrix = map[string]string{
	"GET /staff/products":                "owner manager support editor",
	"POST /staff/products/status":        "owner manager editor",
	"GET /staff/products/prices":         "owner manager editor",
	"POST /staff/products/prices":        "owner manager editor",
	"GET /staff/products/new":            "owner manager editor",
	"POST /staff/products/new":           "owner manager editor",
	"GET /staff/products/:id":            "owner manager support editor",
	"POST /staff/products/:id":           "owner manager editor",
	"GET /staff/products/:id/preview":    "owner manager support editor",
	"GET /staff/products/:id/duplicate":  "owner manager editor",
	"POST /staff/products/:id/duplicate": "owner manager editor",
	"GET /staff/products/:id/delete":     "owner manager",
	"POST /staff/products/:id/delete":    "owner manager",
}
