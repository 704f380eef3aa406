package settings

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"longrun/internal/shop"
)

// Value is one setting. A zone's are named by its code: "zones.us-ak.rate".
// Amounts are cents, lists are written with commas.
type Value struct {
	Name  string
	Value string
}

// Values are all settings that can be set, one by one.
func Values(s shop.Settings) []Value {
	var values []Value
	flatten("", document(s), func(name, value string) { values = append(values, Value{name, value}) })
	slices.SortFunc(values, func(a, b Value) int { return strings.Compare(a.Name, b.Name) })
	return values
}

// document is the settings as the maps and lists of their JSON.
func document(s shop.Settings) map[string]any {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // a struct of strings, numbers and lists of them
	}
	doc := map[string]any{}
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.UseNumber()
	if err := decoder.Decode(&doc); err != nil {
		panic(err)
	}
	return doc
}

func flatten(name string, value any, each func(name, value string)) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			flatten(strings.TrimPrefix(name+"."+key, "."), inner, each)
		}
	case []any:
		if len(v) == 0 || !isThing(v[0]) {
			each(name, written(v))
			return
		}
		for _, thing := range v {
			flatten(name+"."+codeOf(thing), thing, each)
		}
	default:
		each(name, written(v))
	}
}

// isThing says whether an element of a list has a code to name it by.
func isThing(v any) bool { return codeOf(v) != "" }

func codeOf(v any) string {
	thing, _ := v.(map[string]any)
	code, _ := thing["code"].(string)
	return code
}

// written is a setting as Set reads it.
func written(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case []any:
		words := make([]string, len(v))
		for i := range v {
			words[i] = fmt.Sprint(v[i])
		}
		return strings.Join(words, ",")
	}
	return fmt.Sprint(value)
}

func lookup(s shop.Settings, name string) string {
	for _, v := range Values(s) {
		if v.Name == name {
			return v.Value
		}
	}
	return ""
}

// with is s with one setting changed.
func with(s shop.Settings, name, value string) (shop.Settings, error) {
	if !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
		return s, shop.Invalid("the value of %s is not text", name)
	}
	doc := document(s)
	if err := put(doc, name, strings.Split(name, "."), value); err != nil {
		return s, err
	}
	b, err := json.Marshal(doc)
	if err != nil {
		return s, err
	}
	changed := shop.Settings{Version: s.Version}
	if err := json.Unmarshal(b, &changed); err != nil {
		return s, shop.Invalid("%s cannot be %q", name, value)
	}
	return changed, nil
}

// put walks to the setting that path names and writes the value there.
func put(in map[string]any, name string, path []string, value string) error {
	old, known := in[path[0]]
	things, isList := old.([]any)
	switch {
	case !known:
	case len(path) == 1 && (!isList || len(things) == 0 || !isThing(things[0])):
		read, err := parse(old, name, value)
		if err == nil {
			in[path[0]] = read
		}
		return err
	case len(path) > 2 && isList:
		for _, thing := range things {
			if codeOf(thing) == path[1] {
				return put(thing.(map[string]any), name, path[2:], value)
			}
		}
	}
	return shop.Invalid("there is no setting %q", name)
}

// parse reads a value of the same kind as the old one.
func parse(old any, name, value string) (any, error) {
	switch old.(type) {
	case json.Number:
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return nil, shop.Invalid("%s must be a whole number; amounts are in cents", name)
		}
		return n, nil
	case bool:
		if value != "true" && value != "false" {
			return nil, shop.Invalid("%s must be true or false", name)
		}
		return value == "true", nil
	case nil, []any:
		words := []string{}
		for word := range strings.SplitSeq(value, ",") {
			if word = strings.TrimSpace(word); word != "" {
				words = append(words, word)
			}
		}
		return words, nil
	}
	return value, nil
}
