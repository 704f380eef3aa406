package database

import (
	"crypto/hmac"
	"crypto/rand"
	"strconv"
	"strings"
	"time"

	"longrun/internal/shop"
)

// NewFormKey makes the key of a form that is shown at an instant: it makes
// what the form does happen once and tells when it was shown. Nobody else can
// make one.
func (r Reader) NewFormKey(form string, shown shop.Instant) string {
	text := strconv.FormatInt(shown.Unix(), 36) + "." + strings.ToLower(rand.Text()[:16])
	return text + "." + r.keys[0].formMark(form, text)
}

func (k key) formMark(form, text string) string {
	return strings.ToLower(tokenEncoding.EncodeToString(k.mac("form", form, text)[:10]))
}

// FormShown says when the form with a key was shown; false for a key that
// this shop has not made for that form.
func (r Reader) FormShown(form, formKey string) (shop.Instant, bool) {
	at := strings.LastIndexByte(formKey, '.')
	if at < 0 || len(formKey) > 64 {
		return shop.Instant{}, false
	}
	text, mark := formKey[:at], formKey[at+1:]
	seconds, _, _ := strings.Cut(text, ".")
	shown, err := strconv.ParseInt(seconds, 36, 64)
	if err != nil {
		return shop.Instant{}, false
	}
	for _, k := range r.keys {
		if hmac.Equal([]byte(mark), []byte(k.formMark(form, text))) {
			return shop.At(time.Unix(shown, 0)), true
		}
	}
	return shop.Instant{}, false
}
