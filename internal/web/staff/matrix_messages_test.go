package staff_test

// messageMatrix is for messages to the shop.
var messageMatrix = map[string]string{
	"GET /staff/messages":               "owner manager support",
	"GET /staff/messages/:id":           "owner manager support",
	"POST /staff/messages/:id/answered": "owner manager support",
	"POST /staff/messages/:id/waiting":  "owner manager support",
}
