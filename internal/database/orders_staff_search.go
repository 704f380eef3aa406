package database

import (
	"context"
	"strconv"
	"strings"

	"longrun/internal/shop"
)

// OrderSearch is what staff look for: an order's number, with or without #, an
// address of e-mail, words of a name or how they begin, a SKU, or a tracking
// number.
type OrderSearch struct {
	Text   string
	Before shop.OrderID // only older orders: the next page; 0 begins with the newest
	Limit  int
}

// OrdersFound is what was found, the newest order first. Narrow says that more
// words begin as the typed one does than were looked at.
type OrdersFound struct {
	Rows   []OrderRow
	Narrow bool
}

// mostEndings is how many words that begin as one was typed are looked at.
const mostEndings = 40

// longestSearch is how much of a search is read, in bytes.
const longestSearch = 254

// SearchOrders finds orders, in three queries at most.
func (r Reader) SearchOrders(ctx context.Context, s OrderSearch) (OrdersFound, error) {
	text := strings.TrimSpace(s.Text)
	if text == "" || len(text) > longestSearch {
		return OrdersFound{}, nil
	}
	if s.Before == 0 {
		s.Before = 1 << 53
	}
	a := searchArms{before: s.Before, limit: s.Limit}
	digits, marked := strings.CutPrefix(text, "#")
	if n, err := strconv.ParseInt(digits, 10, 64); err == nil && n > 0 {
		a.add("SELECT id FROM orders WHERE number = ? AND id < ?", n, s.Before)
	}
	var found OrdersFound
	if !marked {
		a.addCodes(text)
		words := searchWords(text)
		endings, err := r.endingsOf(ctx, longest(words))
		if err != nil {
			return found, err
		}
		if found.Narrow = len(endings) > mostEndings; found.Narrow {
			endings = endings[:mostEndings]
		}
		a.addWords(endings, words, r.kind)
	}
	if len(a.arms) == 0 {
		return found, nil
	}
	var err error
	ids := "SELECT id FROM (" + strings.Join(a.arms, " UNION ") + ") found ORDER BY id DESC LIMIT ?"
	found.Rows, err = r.orderRows(ctx, ids, append(a.args, s.Limit), "o.id DESC", s.Limit)
	return found, err
}

// searchArms are the parts of a search, each in the order of an index and
// bounded, so that none of them reads all orders.
type searchArms struct {
	before shop.OrderID
	limit  int
	arms   []string
	args   []any
}

func (a *searchArms) add(arm string, args ...any) {
	a.arms, a.args = append(a.arms, arm), append(a.args, args...)
}

// addCodes looks for a SKU as it was typed, in large and in small letters, and
// for a tracking number.
func (a *searchArms) addCodes(text string) {
	seen := map[string]bool{}
	for _, sku := range []string{text, strings.ToUpper(text), strings.ToLower(text)} {
		if !seen[sku] {
			seen[sku] = true
			a.add(`SELECT order_id AS id FROM (SELECT DISTINCT order_id FROM order_lines WHERE sku = ? AND sku <> '' AND order_id < ?
				ORDER BY order_id DESC LIMIT ?) arm`, sku, a.before, a.limit)
		}
	}
	tracking := strings.ToUpper(strings.Join(strings.Fields(text), ""))
	a.add("SELECT order_id AS id FROM parcels WHERE tracking IN (?, ?) AND tracking <> '' AND order_id < ?", tracking, text, a.before)
}

// addWords looks for orders with one of the endings of the longest word and
// with all other words, or others that begin like them. Those are asked for one
// order at a time: as a join PostgreSQL would read all orders that have them.
func (a *searchArms) addWords(endings, words []string, kind Kind) {
	others, args := "", []any{}
	driver := longest(words)
	for _, word := range words {
		if word != driver {
			others += " AND (SELECT 1 FROM order_words b WHERE b.order_id = w.order_id AND b.word >= ? AND b.word < ? LIMIT 1) IS NOT NULL"
			args = append(args, word, word+lastRune)
		}
	}
	const one = "SELECT w.order_id FROM order_words w WHERE w.word = "
	rest := " AND w.order_id < ?" + others + " ORDER BY w.order_id DESC LIMIT ?"
	args = append(append([]any{a.before}, args...), a.limit)
	if kind == Postgres && len(endings) > 0 { // which takes long to think about forty arms
		a.add("SELECT arm.order_id AS id FROM (VALUES "+rows(len(endings))+") e (word) CROSS JOIN LATERAL ("+one+"e.word"+rest+") arm",
			append(anys(endings), args...)...)
		return
	}
	for _, ending := range endings {
		a.add("SELECT order_id AS id FROM ("+one+"?"+rest+") arm", append([]any{ending}, args...)...)
	}
}

// rows are the places of n rows of one text each.
func rows(n int) string {
	return strings.TrimSuffix(strings.Repeat("(CAST(? AS text) COLLATE \"C\"), ", n), ", ")
}

func anys(texts []string) []any {
	list := make([]any, len(texts))
	for i, text := range texts {
		list[i] = text
	}
	return list
}

// lastRune stands behind all that a word may go on with.
const lastRune = "\U0010ffff"

// endingsOf are the words that begin as one was typed, one more than are
// looked at, itself first. Each is found by a step through the index.
func (r Reader) endingsOf(ctx context.Context, word string) ([]string, error) {
	var words []string
	if word == "" {
		return nil, nil
	}
	err := r.raw(ctx, &words, `WITH RECURSIVE w (word) AS (
			SELECT min(word) FROM order_words WHERE word >= ? AND word < ?
			UNION ALL
			SELECT (SELECT min(o.word) FROM order_words o WHERE o.word > w.word AND o.word < ?) FROM w WHERE w.word IS NOT NULL
		) SELECT word FROM w WHERE word IS NOT NULL LIMIT ?`, word, word+lastRune, word+lastRune, mostEndings+1)
	return words, err
}

func longest(words []string) string {
	best := ""
	for _, word := range words {
		if len(word) > len(best) {
			best = word
		}
	}
	return best
}
