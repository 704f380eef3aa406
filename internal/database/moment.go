package database

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"longrun/internal/shop"
)

// Moment is a row's place in a list that is sorted by time: where the next
// page goes on.
type Moment struct {
	At shop.Instant
	ID string
}

// String writes a moment for an address.
func (m Moment) String() string { return fmt.Sprintf("%d-%s", m.At.UnixMicro(), m.ID) }

// ParseMoment reads what String has written; "" is nil. Errors are of
// KindInvalid.
func ParseMoment(s string) (*Moment, error) {
	if s == "" {
		return nil, nil
	}
	micros, id, _ := strings.Cut(s, "-")
	n, err := strconv.ParseInt(micros, 10, 64)
	if err != nil || n < 0 || n > time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro() || id == "" || len(id) > 255 {
		return nil, shop.Invalid("The page's address is not right.")
	}
	return &Moment{shop.At(time.UnixMicro(n)), id}, nil
}

// number is the id of a table whose ids are numbers, 0 for what is none.
func (m Moment) number() int64 {
	n, err := strconv.ParseInt(m.ID, 10, 64)
	if err != nil {
		return 0
	}
	return n
}
