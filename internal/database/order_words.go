package database

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"longrun/internal/shop"
)

// The most that is kept of a contact for searching.
const (
	mostWords   = 40
	longestWord = 254 // bytes
)

// wordsOf are the words by which an order is found: of its contact's names,
// the address of e-mail whole, what stands before its @, and the parts of
// both, in lower case.
func wordsOf(c shop.OrderContact) []string {
	email := emailWord(c.Email)
	local, _, _ := strings.Cut(email, "@")
	words := []string{email, local}
	for _, text := range []string{c.ShipName, c.Name, local} {
		for _, word := range searchWords(text) {
			words = append(words, word)
			words = append(words, strings.FieldsFunc(word, apart)...)
		}
	}
	var kept []string
	for _, word := range words {
		if word != "" && len(word) <= longestWord && len(kept) < mostWords && !slices.Contains(kept, word) {
			kept = append(kept, word)
		}
	}
	return kept
}

// emailWord is an address of e-mail as a word.
func emailWord(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// searchWords are the words of a text as they are searched for: in lower case,
// without the marks around them.
func searchWords(text string) []string {
	var words []string
	for _, word := range strings.Fields(strings.ToLower(text)) {
		if word = strings.TrimFunc(word, apart); word != "" {
			words = append(words, word)
		}
	}
	return words
}

func apart(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) }

// addOrderWords writes the words of a contact that is new.
func (tx *Tx) addOrderWords(ctx context.Context, c shop.OrderContact) error {
	var rows []shop.OrderWord
	for _, word := range wordsOf(c) {
		rows = append(rows, shop.OrderWord{Word: word, OrderID: c.OrderID})
	}
	if len(rows) == 0 {
		return nil
	}
	return tx.insert(ctx, rows)
}

// EraseOrderWords forgets by which words an order is found; whoever erases a
// contact calls it.
func (tx *Tx) EraseOrderWords(ctx context.Context, id shop.OrderID) error {
	_, err := tx.exec(ctx, "DELETE FROM order_words WHERE order_id = ?", id)
	return err
}
