package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"longrun/internal/shop"
)

// maxDepth is how deep JSON may be nested; the shop's own goes to four.
const maxDepth = 16

// StrictJSON reads one JSON document into dst, a pointer to a struct of the
// door. It is KindMalformed where readers could disagree on what was said: a
// key twice (also in other case), a second document, invalid UTF-8 or a NUL,
// nesting deeper than 16, a value of another type. Unknown keys are let pass,
// since theme libraries send more than the shop reads.
func StrictJSON(r io.Reader, dst any) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if !utf8.Valid(body) {
		return malformed("The text is not UTF-8.")
	}
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := checkValue(d, 0); err != nil {
		return orMalformed(err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return malformed("There is more than one JSON document.")
	}
	if err := json.Unmarshal(body, dst); err != nil {
		return orMalformed(err)
	}
	return nil
}

func malformed(format string, args ...any) error {
	return shop.Errorf(shop.KindMalformed, format, args...)
}

func orMalformed(err error) error {
	if shop.KindOf(err) != shop.KindInternal {
		return err
	}
	return &shop.Error{Kind: shop.KindMalformed, Message: "The JSON could not be read.", Err: err}
}

// checkValue walks one value.
func checkValue(d *json.Decoder, depth int) error {
	if depth > maxDepth {
		return malformed("The JSON is nested too deep.")
	}
	token, err := d.Token()
	if err != nil {
		return err
	}
	switch t := token.(type) {
	case json.Delim:
		if t == '{' {
			return checkObject(d, depth+1)
		}
		return checkArray(d, depth+1)
	case string:
		return noNUL(t)
	}
	return nil
}

func checkObject(d *json.Decoder, depth int) error {
	seen := map[string]bool{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		folded := strings.ToLower(key)
		if seen[folded] {
			return malformed("The JSON has the key %q twice.", key)
		}
		seen[folded] = true
		if err := errors.Join(noNUL(key), checkValue(d, depth)); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func checkArray(d *json.Decoder, depth int) error {
	for d.More() {
		if err := checkValue(d, depth); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func noNUL(s string) error {
	if strings.ContainsRune(s, 0) {
		return malformed("The text has a character that cannot be kept.")
	}
	return nil
}
