package staff

import (
	"fmt"
	"maps"
	"slices"
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
	text := []rune(fmt.Sprint(orNothing(v)))
	if len(text) > 120 {
		return string(text[:119]) + "…"
	}
	return string(text)
}
