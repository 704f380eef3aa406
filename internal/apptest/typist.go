package apptest

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Typist works a Browser by its keyboard alone, and counts.
type Typist struct {
	*Browser
	Keys  int // pressed, besides the texts written
	Loads int // pages that came after the one on which it began
	page  float64
}

// Typist begins on the page that is open, which is no load of its own.
func (b *Browser) Typist() *Typist {
	b.t.Helper()
	k := &Typist{Browser: b}
	k.page = k.Began()
	return k
}

func (k *Typist) press(key string, n int) *Typist {
	k.t.Helper()
	for range n {
		k.do("pressing a key", chromedp.KeyEvent(key))
		k.Keys++
	}
	return k
}

// Tab goes some fields on.
func (k *Typist) Tab(n int) *Typist { k.t.Helper(); return k.press(kb.Tab, n) }

// Down presses the arrow down.
func (k *Typist) Down(n int) *Typist { k.t.Helper(); return k.press(kb.ArrowDown, n) }

// Enter presses it, and waits for the page that it leads to to say something.
func (k *Typist) Enter(says string) *Typist {
	k.t.Helper()
	k.press(kb.Enter, 1)
	return k.Arrived(says)
}

// SaveByKeys presses Ctrl and Enter, which saves from within a table.
func (k *Typist) SaveByKeys(says string) *Typist {
	k.t.Helper()
	k.do("pressing a key", chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	k.Keys += 2
	return k.Arrived(says)
}

// Arrived waits for another page that says something, and counts it.
func (k *Typist) Arrived(says string) *Typist {
	k.t.Helper()
	k.WaitFor(says)
	if at := k.Began(); at != k.page {
		k.page = at
		k.Loads++
	}
	return k
}

// Write types a text into the field that has the focus, in the place of what
// is selected there. Tab selects what a field has.
func (k *Typist) Write(text string) *Typist {
	k.t.Helper()
	for _, r := range text {
		k.do("pressing a key", chromedp.KeyEvent(string(r)))
	}
	return k
}

// TabTo presses Tab until the focus is on the element with an id.
func (k *Typist) TabTo(id string) *Typist {
	k.t.Helper()
	for range 400 {
		if k.Focus() == id {
			return k
		}
		k.Tab(1)
	}
	k.t.Fatalf("no way leads to %s; the focus is on %s", id, k.Focus())
	return k
}

// TabToText presses Tab until the focus is on what says something.
func (k *Typist) TabToText(says string) *Typist {
	k.t.Helper()
	for range 400 {
		text, _ := chromedp.Run(k.ctx, chromedp.Evaluate[string]("document.activeElement === document.body ? '' : document.activeElement.textContent.trim()"))
		if text == says {
			return k
		}
		k.Tab(1)
	}
	k.t.Fatalf("no way leads to %q", says)
	return k
}

// Focus is the id of the element that has it.
func (k *Typist) Focus() string {
	id, _ := chromedp.Run(k.ctx, chromedp.Evaluate[string]("document.activeElement ? document.activeElement.id : ''"))
	return id
}

// Paste puts a text in at once, as from the clipboard: it tells the page so,
// and where the page does nothing about it, the text goes into the field. It
// counts as the two keys of Ctrl and V.
func (k *Typist) Paste(text string, javascript bool) *Typist {
	k.t.Helper()
	k.Keys += 2
	if javascript {
		taken, err := chromedp.Run(k.ctx, chromedp.Evaluate[bool](`(() => { const data = new DataTransfer(); data.setData("text/plain", `+quoted(text)+`);
			return !document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); })()`))
		if err != nil {
			k.t.Fatal(err)
		}
		if taken {
			return k
		}
	}
	k.do("a script of the test", chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, input.InsertText, input.InsertTextParams{Text: text})
		return err
	}))
	return k
}

// ValueOf is what the field with an id holds.
func (b *Browser) ValueOf(t testing.TB, id string) string {
	t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[string]("document.getElementById("+quoted(id)+").value"))
	if err != nil {
		t.Fatalf("%s: %v", id, err)
	}
	return value
}

// Dark shows pages as at night, or not.
func (b *Browser) Dark(dark bool) *Browser {
	b.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	return b.As("", scheme)
}

func quoted(text string) string {
	b, _ := json.Marshal(text)
	return string(b)
}
