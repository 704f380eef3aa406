package staff_test

// orderMatrix is for orders and their parcels.
var orderMatrix = map[string]string{
	"GET /staff/orders":                                    "owner manager support",
	"GET /staff/orders/:id":                                "owner manager support",
	"GET /staff/orders/:id/invoice":                        "owner manager support",
	"POST /staff/orders/:id/ship":                          "owner manager support",
	"POST /staff/orders/:id/parcels/:parcel/correct":       "owner manager support",
	"POST /staff/orders/:id/parcels/:parcel/undo":          "owner manager support",
	"POST /staff/orders/:id/parcels/:parcel/delivered":     "owner manager support",
	"POST /staff/orders/:id/parcels/:parcel/not-delivered": "owner manager support",
	"POST /staff/orders/:id/notes":                         "owner manager support",
	"GET /staff/orders/pack":                               "owner manager support",
	"GET /staff/orders/fulfil":                             "owner manager support",
	"POST /staff/orders/fulfil":                            "owner manager support",
	"GET /staff/orders/to-ship.csv":                        "owner manager support",
	"GET /staff/orders/tracking":                           "owner manager support",
	"POST /staff/orders/tracking":                          "owner manager support",
	"GET /staff/orders/:id/cancel":                         "owner manager support",
	"POST /staff/orders/:id/cancel":                        "owner manager support",
	"GET /staff/orders/:id/refund":                         "owner manager support",
	"POST /staff/orders/:id/refund":                        "owner manager support",
	"GET /staff/orders/:id/refunds/:refund/again":          "owner manager support",
	"POST /staff/orders/:id/refunds/:refund/again":         "owner manager support",
	"POST /staff/orders/:id/review":                        "owner manager",
}
