package staff_test

// disputeMatrix is for disputes and the answers to them.
var disputeMatrix = map[string]string{
	"GET /staff/disputes":             "owner manager support",
	"GET /staff/disputes/:id":         "owner manager support",
	"POST /staff/disputes/:id/answer": "owner manager support",
	"GET /staff/disputes/:id/send":    "owner manager support",
	"POST /staff/disputes/:id/send":   "owner manager support",
}
