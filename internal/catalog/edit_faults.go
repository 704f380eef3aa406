package catalog

import (
	"fmt"
	"maps"
	"strings"

	"longrun/internal/shop"
)

// faults are the inputs that are not right, each with a sentence.
type faults struct{ by map[string]string }

func newFaults(given map[string]string) *faults {
	f := &faults{map[string]string{}}
	maps.Copy(f.by, given)
	return f
}

func (f *faults) clone() *faults { return newFaults(f.by) }

// set notes what is wrong with an input; what was said first stays.
func (f *faults) set(input, format string, args ...any) {
	if _, said := f.by[input]; !said {
		f.by[input] = fmt.Sprintf(format, args...)
	}
}

// cell notes what is wrong with a cell of the variant at an index.
func (f *faults) cell(index int, column, format string, args ...any) {
	f.set(cellName(index, column), format, args...)
}

func (f *faults) has(index int, column string) bool { return f.by[cellName(index, column)] != "" }

func cellName(index int, column string) string { return fmt.Sprintf("variants.%d.%s", index, column) }

// err is the refusal, nil when nothing is wrong.
func (f *faults) err() error {
	if len(f.by) == 0 {
		return nil
	}
	cells, only := 0, ""
	for input, sentence := range f.by {
		if only = sentence; strings.HasPrefix(input, "variants.") {
			cells++
		}
	}
	e := shop.Invalid("%s", "")
	switch others := len(f.by) - cells; {
	case len(f.by) == 1:
		e.Message = only
	case others == 0:
		e.Message = fmt.Sprintf("%d cells are not right.", cells)
	case cells == 0:
		e.Message = fmt.Sprintf("%d fields are not right.", others)
	default:
		e.Message = fmt.Sprintf("%s and %s are not right.", plural(others, "field"), plural(cells, "cell"))
	}
	e.Fields = maps.Clone(f.by)
	return e
}

// plural writes "1 field" and "2 fields".
func plural[N int | int64](n N, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
