package staff_test

// collectionMatrix is for the collections made by hand.
var collectionMatrix = map[string]string{
	"GET /staff/collections":             "owner manager support editor",
	"POST /staff/collections/order":      "owner manager editor",
	"GET /staff/collections/new":         "owner manager editor",
	"POST /staff/collections/new":        "owner manager editor",
	"GET /staff/collections/:id":         "owner manager support editor",
	"POST /staff/collections/:id":        "owner manager editor",
	"POST /staff/collections/:id/add":    "owner manager editor",
	"POST /staff/collections/:id/remove": "owner manager editor",
	"POST /staff/collections/:id/order":  "owner manager editor",
	"GET /staff/collections/:id/delete":  "owner manager editor",
	"POST /staff/collections/:id/delete": "owner manager editor",
}
