package apptest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"longrun/internal/testneed"
)

// Browser is a real one, for what only a real one shows: whether its rules
// let a form lead to the payment page, and how a page looks.
type Browser struct {
	t   testing.TB
	ctx context.Context
}

// chromium finds a browser: LONGRUN_CHROMIUM, or one on the path.
func chromium(t testing.TB) string {
	t.Helper()
	if path := os.Getenv("LONGRUN_CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-headless-shell", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	testneed.Missing(t, "a Chromium in LONGRUN_CHROMIUM or on the path")
	return ""
}

// browserTime is how long one test may use a browser: it opens some sixty
// pages, on a machine that may have much else to do.
const browserTime = 6 * time.Minute

// NewBrowser starts a browser for one test. Without javascript, pages run no
// script of their own.
func NewBrowser(t testing.TB, javascript bool) *Browser {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("hide-scrollbars", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, browserTime)
	t.Cleanup(cancel)
	b := &Browser{t, ctx}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1280, 900)); err != nil { // not do: the browser ends with the context that started it
		t.Fatalf("starting the browser: %v", err)
	}
	b.do("scripts", chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !javascript})
		return err
	}))
	return b
}

// stepTime is how long one step may take: what a page does not have must not
// use up the whole browserTime.
const stepTime = time.Minute

func (b *Browser) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, stepTime)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatalf("the browser: %s: %v at %s", what, err, b.URL())
	}
}

// Open goes to an address.
func (b *Browser) Open(address string) *Browser {
	b.t.Helper()
	b.do("opening "+address, chromedp.Navigate(address))
	return b
}

// Click presses what a CSS selector names, and waits for the page it leads to
// to say something.
func (b *Browser) Click(selector, says string) *Browser {
	b.t.Helper()
	b.do("pressing "+selector, chromedp.Click(selector))
	return b.WaitFor(says)
}

// Choose presses a control that leads nowhere.
func (b *Browser) Choose(selector string) *Browser {
	b.t.Helper()
	b.do("pressing "+selector, chromedp.Click(selector))
	return b
}

// Type types into the field that a CSS selector names.
func (b *Browser) Type(selector, text string) *Browser {
	b.t.Helper()
	b.do("typing into "+selector, chromedp.SetValue(selector, text))
	return b
}

// WaitFor waits until the page says something.
func (b *Browser) WaitFor(says string) *Browser {
	b.t.Helper()
	text := ""
	for range 200 {
		if text = b.Text(); strings.Contains(text, says) {
			return b
		}
		time.Sleep(50 * time.Millisecond)
	}
	b.t.Fatalf("%s does not say %q after 10 s: %.600s", b.URL(), says, text)
	return b
}

// Text is what the page says; "" between two pages.
func (b *Browser) Text() string {
	text, err := chromedp.Run(b.ctx, chromedp.TextContent("body"))
	if err != nil {
		return ""
	}
	return strings.Join(strings.Fields(text), " ")
}

// URL is the address of the page.
func (b *Browser) URL() string {
	at, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		return fmt.Sprintf("(nowhere: %v)", err)
	}
	return at
}

// Picture writes a picture of the whole page into the folder that
// LONGRUN_TEST_PICTURES names, at a width in pixels; without the name it does
// nothing.
func (b *Browser) Picture(name string, width int64) {
	b.t.Helper()
	dir := os.Getenv("LONGRUN_TEST_PICTURES")
	if dir == "" {
		return
	}
	b.do("resizing", chromedp.EmulateViewport(width, 900))
	shot, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		b.t.Fatal(err)
	}
	path := filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, width))
	if err := os.WriteFile(path, shot, 0o644); err != nil {
		b.t.Fatal(err)
	}
	b.do("resizing", chromedp.EmulateViewport(1280, 900))
}

// Fill fills the field with an autocomplete token, as a browser's own
// autofill does.
func (b *Browser) Fill(token, value string) *Browser {
	b.t.Helper()
	return b.Type(`[autocomplete$="`+token+`"]`, value)
}
