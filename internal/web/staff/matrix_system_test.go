package staff_test

// systemMatrix is for the pages of the system.
var systemMatrix = map[string]string{
	"GET /staff/system":                    "owner manager",
	"GET /staff/system/alarms":             "owner manager",
	"POST /staff/system/alarms/:id/close":  "owner manager",
	"GET /staff/system/jobs":               "owner manager",
	"POST /staff/system/jobs/replay":       "owner manager",
	"POST /staff/system/jobs/:id/replay":   "owner manager",
	"POST /staff/system/jobs/:id/run":      "owner manager",
	"GET /staff/system/events":             "owner manager",
	"GET /staff/system/events/:id":         "owner manager",
	"POST /staff/system/events/:id/replay": "owner manager",
	"GET /staff/system/mails":              "owner manager",
	"GET /staff/system/mails/:id":          "owner manager",
	"GET /staff/system/mails/:id/html":     "owner manager",
	"POST /staff/system/mails/:id/again":   "owner manager",
	"GET /staff/system/verify":             "owner manager",
	"GET /staff/system/verify/:id":         "owner manager",
	"POST /staff/system/verify":            "owner manager",
	"GET /staff/settings/alarms":           "owner manager",
	"POST /staff/settings/alarms":          "owner manager",
}
