package staff_test

// settingsMatrix is for the shop's settings.
var settingsMatrix = map[string]string{
	"GET /staff/settings":               "owner manager",
	"POST /staff/settings/plan":         "owner manager",
	"POST /staff/settings":              "owner manager",
	"GET /staff/settings/versions":      "owner manager",
	"GET /staff/settings/versions/:id":  "owner manager",
	"POST /staff/settings/versions/:id": "owner manager",
}
