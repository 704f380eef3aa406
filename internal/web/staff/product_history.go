package staff

import (
	"fmt"
	"maps"
	"slices"
	"unicode/utf8"
)

// namedChanges is how many fields of one change an entry of the log names.
const namedChanges = 24

// changedFields are the changes of an entry that names fields before and
// after, each as "title: Tern → Tern 2"; nil for an entry of another kind.
func changedFields(before, after any) []string {
	was, hadFields := before.(map[string]any)
	is, hasFields := after.(map[string]any)
	if !hadFields && !hasFields {
		return nil
	}
	names := map[string]bool{}
	for name := range was {
		names[name] = true
	}
	for name := range is {
		names[name] = true
	}
	list := []string{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if len(list) == namedChanges {
			list = append(list, fmt.Sprintf("and %d more", len(names)-namedChanges))
			break
		}
		list = append(list, fmt.Sprintf("%s: %s → %s", name, inShort(was[name]), inShort(is[name])))
	}
	return list
}

// inShort is a value as one line of the log has room for it.
func inShort(value any) string {
	const most = 80
	text := fmt.Sprint(orNothing(value))
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + "…"
}
