package apptest

import (
	"context"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Press presses keys one after the other, as kb names those without a letter.
func (b *Browser) Press(keys string) *Browser {
	b.t.Helper()
	for _, key := range keys {
		b.do("pressing a key", chromedp.KeyEvent(string(key)))
	}
	return b
}

// Focused is the name, or else the text, of the element that has the focus.
func (b *Browser) Focused() string {
	text, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`(() => { const e = document.activeElement;
		return !e || e === document.body ? "" : e.name || e.getAttribute("aria-label") || e.textContent.trim(); })()`))
	return text
}

// Began tells the page that is open from others, also from the same page
// loaded again.
func (b *Browser) Began() float64 {
	at, _ := chromedp.Run(b.ctx, chromedp.Evaluate[float64]("performance.timeOrigin"))
	return at
}

// As shows pages on paper ("print") or on a screen (""), with a light or a
// dark scheme of colours.
func (b *Browser) As(medium, scheme string) *Browser {
	b.t.Helper()
	b.do("a script of the test", chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Media: medium, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	}))
	return b
}
