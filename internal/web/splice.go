package web

import (
	"bytes"
	"crypto/rand"
	"strconv"
)

// newMark is what stands in a rendered page for the number in the bag. It is
// drawn per process, so that no text in the catalog can look like it.
func newMark() string { return "<!--bag:" + rand.Text() + "-->" }

// splice puts the number in the bag where the page has its mark.
func (k *Kit) splice(html []byte, count int) []byte {
	at := bytes.Index(html, []byte(k.bagMark))
	if at < 0 {
		return html
	}
	number := ""
	if count > 0 {
		number = "(" + strconv.Itoa(count) + ")"
	}
	out := make([]byte, 0, len(html)+len(number))
	out = append(out, html[:at]...)
	out = append(out, number...)
	return append(out, html[at+len(k.bagMark):]...)
}
