package apptest

import (
	"regexp"

	"github.com/chromedp/chromedp"
)

var pdfPage = regexp.MustCompile(`/Type\s*/Page\b`)

// Sheets is how many sheets of paper the page that is open takes in print.
func (b *Browser) Sheets() int {
	b.t.Helper()
	pdf, err := chromedp.Run(b.ctx, chromedp.PrintToPDF(chromedp.PDFMargin(0.5)))
	if err != nil {
		b.t.Fatal(err)
	}
	return len(pdfPage.FindAll(pdf, -1))
}
