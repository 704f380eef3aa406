package apptest_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"longrun/internal/apptest"
)

// TestAxeSeesWhatIsWrong shows it a page on which something is, behind a
// policy that lets no script in.
func TestAxeSeesWhatIsWrong(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(`<!doctype html><html><head><title>Wrong</title><style>a{font-size:8px;line-height:1;display:block;width:10px}</style></head>
			<body><main><h1>Wrong</h1><input><p style="color:#ccc">Pale</p><a href="#a">a</a><a href="#b">b</a><table style="width:900px"><tr><td>x</table></main></body></html>`))
	}))
	defer server.Close()
	b := apptest.NewBrowser(t, true)
	b.Open(server.URL)
	var rules []string
	for _, v := range b.Axe("tag", apptest.WCAG...) {
		rules = append(rules, v.Rule)
		if v.Where == "" || !strings.Contains(v.String(), v.Help) {
			t.Errorf("%+v", v)
		}
	}
	for _, want := range []string{"html-has-lang", "label", "color-contrast", "target-size"} {
		if !slices.Contains(rules, want) {
			t.Errorf("%s is not among %v", want, rules)
		}
	}
	if found := b.Axe("rule", "label"); len(found) != 1 || found[0].Rule != "label" {
		t.Errorf("asked for one rule it finds %v", found)
	}
	if by, element := b.Overflow(320); by < 500 || !strings.HasPrefix(element, "<t") {
		t.Errorf("the page is %d too wide: %q", by, element)
	}
}
