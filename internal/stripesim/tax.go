package stripesim

// taxShare is the tax on one line, on shipping, or summed over a session.
type taxShare struct {
	Amount           int64   `json:"amount"`
	Rate             taxRate `json:"rate"`
	TaxabilityReason string  `json:"taxability_reason"`
	TaxableAmount    int64   `json:"taxable_amount"`
}

type taxRate struct {
	ID                  string            `json:"id"`
	Object              string            `json:"object"`
	Active              bool              `json:"active"`
	Country             string            `json:"country"`
	Created             int64             `json:"created"`
	Description         *string           `json:"description"`
	DisplayName         string            `json:"display_name"`
	EffectivePercentage float64           `json:"effective_percentage"`
	Inclusive           bool              `json:"inclusive"`
	Jurisdiction        string            `json:"jurisdiction"`
	JurisdictionLevel   string            `json:"jurisdiction_level"`
	Livemode            bool              `json:"livemode"`
	Metadata            map[string]string `json:"metadata"`
	Percentage          float64           `json:"percentage"`
	State               *string           `json:"state"`
	TaxType             string            `json:"tax_type"`
}

// jurisdiction is where the goods go: it taxes at rate millionths, shipping too or not.
type jurisdiction struct {
	country string
	state   *state
}

// jurisdictionOf finds who taxes an address. Outside the US the simulated shop collects nothing.
func jurisdictionOf(country, stateCode string) jurisdiction {
	j := jurisdiction{country: country}
	if st, ok := stateOf(stateCode); ok && country == "US" {
		j.state = &st
	}
	return j
}

// on returns the tax on an amount of cents, exclusive, rounded half up.
func (j jurisdiction) on(cents int64, shipping bool, now int64) taxShare {
	share := taxShare{Rate: j.rate(now), TaxabilityReason: "not_collecting"}
	switch {
	case j.state == nil:
	case j.state.Rate == 0:
		share.TaxabilityReason = "not_subject_to_tax"
	case shipping && !j.state.Shipping:
		share.TaxabilityReason = "product_exempt"
	default:
		share.TaxabilityReason = "standard_rated"
		share.TaxableAmount = cents
		share.Amount = (cents*j.state.Rate + 500_000) / 1_000_000
	}
	return share
}

func (j jurisdiction) rate(now int64) taxRate {
	r := taxRate{
		ID: "txr_" + j.country, Object: "tax_rate", Active: true, Country: j.country, Created: now,
		DisplayName: "Sales Tax", Jurisdiction: j.country, JurisdictionLevel: "country",
		Metadata: map[string]string{}, TaxType: "sales_tax",
	}
	if j.state != nil {
		r.ID += j.state.Code
		r.State = &j.state.Code
		r.Jurisdiction, r.JurisdictionLevel = j.state.Name, "state"
		r.Percentage = float64(j.state.Rate) / 10_000
		r.EffectivePercentage = r.Percentage
	}
	return r
}
