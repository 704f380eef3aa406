package mail

import (
	"strings"

	"longrun/internal/shop"
)

// AddressLines are where the shop is found, by post and by phone, for the end
// of every mail.
func AddressLines(s shop.Settings) []string {
	lines := strings.FieldsFunc(s.ShopAddress, func(r rune) bool { return r == '\n' || r == '\r' })
	if s.ShopPhone != "" {
		lines = append(lines, "Phone "+s.ShopPhone)
	}
	return lines
}
