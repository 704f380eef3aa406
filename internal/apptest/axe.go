package apptest

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"longrun/internal/testneed"
)

// Violation is something that axe-core finds wrong with a page.
type Violation struct {
	Rule  string // axe-core's name of the rule
	Help  string // what it wants
	Where string // the element, as a CSS selector
	Why   string
}

func (v Violation) String() string {
	return fmt.Sprintf("%s: %s at %s: %s", v.Rule, v.Help, v.Where, strings.Join(strings.Fields(v.Why), " "))
}

// axeScript is axe-core's own file, which LONGRUN_TEST_AXE names.
func axeScript(t testing.TB) string {
	t.Helper()
	path := os.Getenv("LONGRUN_TEST_AXE")
	if path == "" {
		testneed.Missing(t, "axe-core's axe.min.js in LONGRUN_TEST_AXE")
	}
	script, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

// WCAG are axe-core's tags of the rules of WCAG 2.2, levels A and AA.
var WCAG = []string{"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"}

// Axe lets axe-core look at the page that is open, by the rules of these tags
// or, if only is "rule", by these rules. The file comes in past the page's own
// policy, which forbids scripts of others.
func (b *Browser) Axe(only string, names ...string) []Violation {
	b.t.Helper()
	loaded, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("typeof axe === 'object'"))
	if err == nil && !loaded {
		b.do("a script of the test", chromedp.Evaluate[chromedp.Void](axeScript(b.t)))
	}
	list, err := json.Marshal(names)
	if err != nil {
		b.t.Fatal(err)
	}
	// The one rule of level AA in 2.2 is off unless it is asked for.
	found, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]Violation](fmt.Sprintf(`axe.run(document, {
		runOnly: {type: %q, values: %s}, resultTypes: ["violations"], rules: %s,
	}).then(r => r.violations.flatMap(v => v.nodes.map(n => ({Rule: v.id, Help: v.help, Where: n.target.join(" "), Why: n.failureSummary}))))`,
		only, list, map[bool]string{true: "{}", false: `{"target-size": {enabled: true}}`}[only == "rule"]), chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("axe-core at %s: %v", b.URL(), err)
	}
	return found
}

// Unfold opens whatever a page keeps folded.
func (b *Browser) Unfold() *Browser {
	b.t.Helper()
	b.do("a script of the test", chromedp.Evaluate[chromedp.Void]("document.querySelectorAll('details').forEach(d => { d.open = true })"))
	return b
}

// Overflow says by how many pixels the page is wider than a window of a width,
// and which element sticks out; 0 means that nothing does.
func (b *Browser) Overflow(width int64) (pixels int, element string) {
	b.t.Helper()
	b.do("resizing", chromedp.EmulateViewport(width, 900))
	defer b.do("resizing", chromedp.EmulateViewport(1280, 900))
	type excess struct {
		Pixels  int
		Element string
	}
	e, err := chromedp.Run(b.ctx, chromedp.Evaluate[excess](`(() => {
		const room = document.documentElement.clientWidth, over = document.documentElement.scrollWidth - room;
		const out = over > 0 && [...document.querySelectorAll("body *")].findLast(e => e.getBoundingClientRect().right > room + 1 && !e.closest(".wide, .vh"));
		return {Pixels: over, Element: out ? out.outerHTML.slice(0, 120) : ""};
	})()`))
	if err != nil {
		b.t.Fatal(err)
	}
	return e.Pixels, e.Element
}

// Send fills a form of the page by the names of its fields and sends it, past
// what the browser itself would refuse, and waits for another page that says
// something.
func (b *Browser) Send(form string, values map[string]string, says string) *Browser {
	b.t.Helper()
	typed, err := json.Marshal(values)
	if err != nil {
		b.t.Fatal(err)
	}
	before := b.Began()
	b.do("a script of the test", chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => {
		const form = document.querySelector(%q), typed = %s;
		for (const name in typed) {
			const field = form.elements[name];
			if (field.type === "checkbox") field.checked = typed[name] !== "";
			else field.value = typed[name];
		}
		form.noValidate = true;
		(form.querySelector("button:not([formaction])") || form.querySelector("button")).click();
	})()`, form, typed)))
	for range 200 {
		if at := b.Began(); at != 0 && at != before {
			return b.WaitFor(says)
		}
		time.Sleep(25 * time.Millisecond)
	}
	b.t.Fatalf("%s at %s leads nowhere", form, b.URL())
	return b
}
