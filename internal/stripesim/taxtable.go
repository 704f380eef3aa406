package stripesim

// state is one US state for the address form and the tax table. Rates are the state's own general rate in millionths,
// without county and city. Shipping says whether separately stated shipping is taxed; both are simplified.
type state struct {
	Code, Name string
	Rate       int64
	Shipping   bool
}

var states = []state{
	{"AL", "Alabama", 40000, true}, {"AK", "Alaska", 0, true}, {"AZ", "Arizona", 56000, false},
	{"AR", "Arkansas", 65000, true}, {"CA", "California", 72500, false}, {"CO", "Colorado", 29000, true},
	{"CT", "Connecticut", 63500, true}, {"DE", "Delaware", 0, true}, {"DC", "District of Columbia", 60000, true},
	{"FL", "Florida", 60000, true}, {"GA", "Georgia", 40000, true}, {"HI", "Hawaii", 40000, true},
	{"ID", "Idaho", 60000, false}, {"IL", "Illinois", 62500, true}, {"IN", "Indiana", 70000, true},
	{"IA", "Iowa", 60000, false}, {"KS", "Kansas", 65000, true}, {"KY", "Kentucky", 60000, true},
	{"LA", "Louisiana", 44500, true}, {"ME", "Maine", 55000, false}, {"MD", "Maryland", 60000, false},
	{"MA", "Massachusetts", 62500, false}, {"MI", "Michigan", 60000, true}, {"MN", "Minnesota", 68750, true},
	{"MS", "Mississippi", 70000, true}, {"MO", "Missouri", 42250, true}, {"MT", "Montana", 0, true},
	{"NE", "Nebraska", 55000, true}, {"NV", "Nevada", 68500, false}, {"NH", "New Hampshire", 0, true},
	{"NJ", "New Jersey", 66250, true}, {"NM", "New Mexico", 51250, true}, {"NY", "New York", 40000, true},
	{"NC", "North Carolina", 47500, true}, {"ND", "North Dakota", 50000, true}, {"OH", "Ohio", 57500, true},
	{"OK", "Oklahoma", 45000, false}, {"OR", "Oregon", 0, true}, {"PA", "Pennsylvania", 60000, true},
	{"RI", "Rhode Island", 70000, true}, {"SC", "South Carolina", 60000, true}, {"SD", "South Dakota", 45000, true},
	{"TN", "Tennessee", 70000, true}, {"TX", "Texas", 62500, true}, {"UT", "Utah", 61000, false},
	{"VT", "Vermont", 60000, true}, {"VA", "Virginia", 53000, false}, {"WA", "Washington", 65000, true},
	{"WV", "West Virginia", 60000, true}, {"WI", "Wisconsin", 50000, true}, {"WY", "Wyoming", 40000, false},
}

// stateOf finds a US state by its two letters.
func stateOf(code string) (state, bool) {
	for _, s := range states {
		if s.Code == code {
			return s, true
		}
	}
	return state{}, false
}
