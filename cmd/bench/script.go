package main

import (
	"crypto/rand"
	"fmt"
	mathrand "math/rand/v2"
	"reflect"
	"strings"
	"time"
)

// script is a purchase as plain SQL: the statements that the shop sends, in
// the same transactions, with values of its own.
type script []line

type line struct {
	pool    int
	sql     string
	query   bool
	values  []value
	rows    int // as recorded
	changed int64
}

// value is what a statement is given: always the same, or something an earlier
// statement has answered, or new for each purchase.
type value struct {
	same     any
	from     *cell
	fresh    bool
	earliest time.Duration // for a moment: how long after the purchase began
}

// cell is a place in the answer of an earlier statement.
type cell struct{ line, row, column int }

// compare makes a script of two recorded purchases: what differs between them
// differs between all.
func compare(a, b []call) (script, error) {
	if len(a) != len(b) || len(a) == 0 {
		return nil, fmt.Errorf("one purchase takes %d statements, the next %d", len(a), len(b))
	}
	var s script
	own := map[string]bool{}
	for i := range a {
		if a[i].sql != b[i].sql {
			return nil, fmt.Errorf("statement %d is once %q and once %q", i, a[i].sql, b[i].sql)
		}
		l := line{pool: a[i].pool, sql: a[i].sql, query: a[i].query, rows: len(a[i].rows), changed: a[i].changed}
		for j := range a[i].args {
			v := valueOf(a, b, i, j, own)
			own[v.name()] = own[v.name()] || v.fresh
			l.values = append(l.values, v)
		}
		s = append(s, l)
	}
	return s, nil
}

// valueOf is what a statement is given. own is what the purchase itself has
// made up: that stays its own, though an answer has it too, since a job that is
// claimed may be another purchase's.
func valueOf(a, b []call, i, j int, own map[string]bool) value {
	one, two := a[i].args[j].Value, b[i].args[j].Value
	if reflect.DeepEqual(one, two) {
		return value{same: one}
	}
	if v := (value{same: one, fresh: true}); v.name() != "" && own[v.name()] {
		return v
	}
	if at := answered(a[:i], b[:i], one, two); at != nil {
		return value{from: at}
	}
	switch v := one.(type) {
	case time.Time:
		return value{same: v, fresh: true, earliest: v.Sub(began(a))}
	case string:
		return value{same: v, fresh: !strings.HasPrefix(v, "{")} // a document is of any content
	case []byte:
		return value{same: v, fresh: true}
	}
	return value{same: one}
}

// began is the first moment that a purchase writes down.
func began(calls []call) time.Time {
	for _, c := range calls {
		for _, arg := range c.args {
			if t, ok := arg.Value.(time.Time); ok {
				return t
			}
		}
	}
	return time.Now()
}

// answered finds the first answer that gave one in the first purchase and two
// in the second.
func answered(a, b []call, one, two any) *cell {
	for i := range a {
		for r := range min(len(a[i].rows), len(b[i].rows)) {
			for c := range a[i].rows[r] {
				if reflect.DeepEqual(a[i].rows[r][c], one) && reflect.DeepEqual(b[i].rows[r][c], two) {
					return &cell{i, r, c}
				}
			}
		}
	}
	return nil
}

// given are the values for one purchase.
func (l line) given(began time.Time, answers [][][]any, fresh map[string]any) []any {
	args := make([]any, len(l.values))
	for i, v := range l.values {
		switch at := v.from; {
		case at != nil && at.row < len(answers[at.line]):
			args[i] = answers[at.line][at.row][at.column]
		case at != nil: // another had it first
		case v.fresh:
			args[i] = v.new(began, fresh)
		default:
			args[i] = v.same
		}
	}
	return args
}

// new is a value that no other purchase has, the same wherever the recorded
// purchase had the same.
func (v value) new(began time.Time, fresh map[string]any) any {
	if _, moment := v.same.(time.Time); moment {
		return began.Add(v.earliest).UTC().Truncate(time.Microsecond)
	}
	name := v.name()
	if made, ok := fresh[name]; ok {
		return made
	}
	switch same := v.same.(type) {
	case string:
		fresh[name] = strings.Map(alike, same)
	case []byte:
		b := make([]byte, len(same))
		_, _ = rand.Read(b)
		fresh[name] = b
	}
	return fresh[name]
}

// name tells made-up values apart. Moments have none: each is worked out.
func (v value) name() string {
	switch v.same.(type) {
	case string, []byte:
		return fmt.Sprintf("%T %v", v.same, v.same)
	}
	return ""
}

// alike is another letter or digit.
func alike(r rune) rune {
	switch {
	case r >= '0' && r <= '9':
		return '0' + mathrand.Int32N(10)
	case r >= 'a' && r <= 'z':
		return 'a' + mathrand.Int32N(26)
	case r >= 'A' && r <= 'Z':
		return 'A' + mathrand.Int32N(26)
	}
	return r
}
