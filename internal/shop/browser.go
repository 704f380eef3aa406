package shop

import (
	"net/netip"
	"strings"
)

// BrowserName is what a browser calls itself, in words that its owner knows;
// "" for what is none that many use.
func BrowserName(agent string) string {
	name := firstNamed(agent, "Firefox/", "Firefox", "Edg/", "Edge", "OPR/", "Opera", "Chrome/", "Chrome", "Safari/", "Safari")
	system := firstNamed(agent, "Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Windows", "Windows", "Mac OS", "macOS", "Linux", "Linux")
	if name == "" || system == "" {
		return ""
	}
	return name + " on " + system
}

// firstNamed is the name beside the first mark that a text has.
func firstNamed(text string, names ...string) string {
	for i := 0; i < len(names); i += 2 {
		if strings.Contains(text, names[i]) {
			return names[i+1]
		}
	}
	return ""
}

// ShownNetwork is an address as a session keeps it: the network that it is in,
// which is enough to know one's own places by.
func ShownNetwork(address string) string {
	if a, err := netip.ParseAddr(address); err == nil && a.Is4() {
		p, _ := a.Prefix(24)
		return p.String()
	}
	return address
}

// longestAgent is how much of a browser's name is kept.
const longestAgent = 200

// KeptAgent is what a browser calls itself, as far as it is kept.
func KeptAgent(s string) string {
	s = strings.ToValidUTF8(s, "")
	if len(s) > longestAgent {
		s = strings.ToValidUTF8(s[:longestAgent], "")
	}
	return s
}
