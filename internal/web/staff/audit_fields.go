package staff

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// namedChanges is how many fields of one change an entry of the log names.
const namedChanges = 24

// changedFields tells a change of several fields one by one, when before and
// after, of which one may be missing, are objects.
func changedFields(before, after any) ([]string, bool) {
	was, wasObject := before.(map[string]any)
	is, isObject := after.(map[string]any)
	if !wasObject && !isObject || before != nil && !wasObject || after != nil && !isObject {
		return nil, false
	}
	names := map[string]bool{}
	for _, fields := range []map[string]any{was, is} {
		for name := range fields {
			names[name] = true
		}
	}
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if len(parts) == namedChanges {
			parts = append(parts, fmt.Sprintf("and %d more", len(names)-namedChanges))
			break
		}
		switch {
		case after == nil:
			parts = append(parts, fmt.Sprintf("%s was %s", name, shortValue(was[name])))
		case before == nil:
			parts = append(parts, fmt.Sprintf("%s: %s", name, shortValue(is[name])))
		default:
			parts = append(parts, fmt.Sprintf("%s: %s → %s", name, shortValue(was[name]), shortValue(is[name])))
		}
	}
	return parts, true
}

// shortValue is a value of an entry, as far as one line has room for it.
func shortValue(v any) string {
	text := []rune(plain(v))
	if len(text) > 120 {
		return string(text[:119]) + "…"
	}
	return string(text)
}

// plain is a value that was JSON as people write it: whole numbers with all
// their digits, lists with commas, objects as their names and values.
func plain(v any) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case string:
		if v == "" {
			return "nothing"
		}
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		parts := make([]string, len(v))
		for i := range v {
			parts[i] = plain(v[i])
		}
		return strings.Join(parts, "; ")
	case map[string]any:
		var parts []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, name+" "+plain(v[name]))
		}
		return strings.Join(parts, ", ")
	}
	return fmt.Sprint(v)
}
