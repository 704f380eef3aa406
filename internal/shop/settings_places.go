package shop

import (
	"slices"
	"strings"
)

// destinations are the countries of ISO 3166-1 in which Stripe's payment page
// takes a shipping address (its reference, shipping_address_collection), so
// the only ones that can be sold to.
var destinations = strings.Fields(`AD AE AF AG AI AL AM AO AQ AR AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ
	BR BS BT BV BW BY BZ CA CD CF CG CH CI CK CL CM CN CO CR CV CW CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FO FR
	GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HN HR HT HU ID IE IL IM IN IO IQ IS IT JE JM JO JP KE KG KH KI
	KM KN KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MM MN MO MQ MR MS MT MU MV MW MX MY MZ NA NC NE
	NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PY QA RE RO RS RU RW SA SB SC SE SG SH SI SJ SK SL SM SN
	SO SR SS ST SV SX SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VG VN VU WF WS XK YE YT ZA ZM
	ZW`)

// statesOfUS are the postal codes of the states, the district, the territories
// and the military's three.
var statesOfUS = strings.Fields(strings.Join(contiguous, " ") + " AK HI AS GU MP PR VI AA AE AP")

func isDestination(country string) bool { return slices.Contains(destinations, country) }

// isState says whether a state may be one of a country's: those of the United
// States are known, others need the form of ISO 3166-2.
func isState(country, state string) bool {
	if country == "US" {
		return slices.Contains(statesOfUS, state)
	}
	return len(state) >= 1 && len(state) <= 3 && strings.Trim(state, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}
