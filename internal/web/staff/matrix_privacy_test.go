package staff_test

// privacyMatrix is for what is held of people.
var privacyMatrix = map[string]string{
	"GET /staff/privacy":                "owner manager",
	"POST /staff/privacy":               "owner manager",
	"GET /staff/privacy/:token":         "owner manager",
	"POST /staff/privacy/:token/export": "owner manager",
	"POST /staff/privacy/:token/erase":  "owner manager",
	"GET /staff/system/retention":       "owner manager",
}
