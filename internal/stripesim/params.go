package stripesim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// params reads a request's parameters strictly: every value must be of its type, and what nobody asked for is refused.
// The first fault found is kept; readers answer zero values from then on, so callers check fault once.
type params struct {
	node *node
	path string
	bad  **apiError
}

func newParams(n *node) params {
	var bad *apiError
	return params{node: n, bad: &bad}
}

func itoa(n int) string { return strconv.Itoa(n) }

func (p params) fail(e *apiError) {
	if *p.bad == nil {
		*p.bad = e
	}
}

// name is the full name of a part, as error messages quote it.
func (p params) name(part string) string {
	if p.path == "" {
		return part
	}
	return p.path + "[" + part + "]"
}

// at gives the part called name and marks it as understood; it may be absent.
func (p params) at(name string) params {
	sub := params{path: p.name(name), bad: p.bad}
	if p.node != nil {
		if sub.node = p.node.parts[name]; sub.node != nil {
			sub.node.read = true
		}
	}
	return sub
}

func (p params) has(name string) bool { return p.node != nil && p.node.parts[name] != nil }

// str reads an optional string of at most limit characters.
func (p params) str(name string, limit int) string {
	v := p.at(name)
	switch {
	case v.node == nil:
		return ""
	case !v.node.leaf:
		p.fail(refuse("", v.path, "Invalid string: %s must be a string.", v.path))
		return ""
	case v.node.value == "":
		p.fail(refuse("parameter_invalid_empty", v.path,
			"You passed an empty string for '%s'. Remove it from the request or give it a value.", v.path))
	case !utf8.ValidString(v.node.value):
		p.fail(refuse("", v.path, "Invalid string: %s is not UTF-8.", v.path))
	case utf8.RuneCountInString(v.node.value) > limit:
		p.fail(refuse("", v.path, "Invalid string: %.20s...; must be at most %d characters", v.node.value, limit))
	}
	return v.node.value
}

// need reads a required string.
func (p params) need(name string, limit int) string {
	if !p.has(name) {
		p.fail(missing(p.name(name)))
	}
	return p.str(name, limit)
}

// enum reads an optional string out of a list; absent gives the first.
func (p params) enum(name string, allowed ...string) string {
	if !p.has(name) {
		return allowed[0]
	}
	v := p.str(name, 5000)
	if !slices.Contains(allowed, v) && v != "" {
		p.fail(refuse("", p.name(name), "Invalid %s: must be one of %s", p.name(name),
			strings.TrimPrefix(strings.Join(allowed, ", "), ", ")))
	}
	return v
}

// int reads an optional whole number, strictly decimal.
func (p params) int(name string) *int64 {
	if !p.has(name) {
		return nil
	}
	raw := p.str(name, 5000)
	n, err := strconv.ParseInt(raw, 10, 64)
	if err != nil || strconv.FormatInt(n, 10) != raw {
		p.fail(refuse("parameter_invalid_integer", p.name(name), "Invalid integer: %s", raw))
		return nil
	}
	return &n
}

// between reads an optional whole number within bounds.
func (p params) between(name string, low, high int64) *int64 {
	n := p.int(name)
	switch {
	case n == nil:
	case *n < low:
		p.fail(refuse("parameter_invalid_integer", p.name(name),
			"This value must be greater than or equal to %d (it currently is '%d').", low, *n))
	case *n > high:
		p.fail(refuse("parameter_invalid_integer", p.name(name),
			"This value must be less than or equal to %d (it currently is '%d').", high, *n))
	}
	return n
}

// needInt reads a required whole number within bounds.
func (p params) needInt(name string, low, high int64) int64 {
	if !p.has(name) {
		p.fail(missing(p.name(name)))
	}
	if n := p.between(name, low, high); n != nil {
		return *n
	}
	return 0
}

func (p params) bool(name string) bool {
	if !p.has(name) {
		return false
	}
	raw := p.str(name, 5000)
	if raw != "true" && raw != "false" {
		p.fail(refuse("", p.name(name), "Invalid boolean: %s", raw))
	}
	return raw == "true"
}

// list reads the elements of an array, in the order of their numbers.
func (p params) list(name string, most int) []params {
	v := p.at(name)
	if v.node == nil {
		return nil
	}
	if v.node.leaf {
		p.fail(refuse("", v.path, "Invalid array"))
		return nil
	}
	if len(v.node.names) > most {
		p.fail(refuse("", v.path, "Array %s exceeded maximum %d allowed elements.", v.path, most))
		return nil
	}
	names := slices.Clone(v.node.names)
	slices.SortFunc(names, func(a, b string) int { return index(a) - index(b) })
	var all []params
	for _, n := range names {
		if index(n) < 0 {
			p.fail(refuse("", v.path, "Invalid array"))
			return nil
		}
		all = append(all, v.at(n))
	}
	return all
}

func index(name string) int {
	n, err := strconv.Atoi(name)
	if err != nil || itoa(n) != name {
		return -1
	}
	return n
}

// strs reads an array of strings.
func (p params) strs(name string, most, limit int) []string {
	var all []string
	for _, e := range p.list(name, most) {
		holder := params{node: &node{parts: map[string]*node{"": e.node}}, path: p.name(name), bad: p.bad}
		all = append(all, holder.str("", limit))
	}
	return all
}

// metadata reads a string map within Stripe's limits; an empty value asks to remove the key.
func (p params) metadata(name string) map[string]string {
	v := p.at(name)
	all := map[string]string{}
	if v.node == nil {
		return all
	}
	if v.node.leaf {
		p.fail(refuse("", v.path, "Invalid hash"))
	}
	if len(v.node.names) > 50 {
		p.fail(refuse("", v.path, "Metadata can have at most 50 keys."))
	}
	for _, k := range v.node.names {
		part := v.at(k)
		if !part.node.leaf {
			p.fail(refuse("", part.path, "Metadata values must be strings."))
		}
		if utf8.RuneCountInString(k) > 40 {
			p.fail(refuse("", part.path, "Metadata keys must be under 40 characters in length. Invalid key: %s", k))
		}
		if utf8.RuneCountInString(part.node.value) > 500 {
			p.fail(refuse("", part.path, "Metadata values must have up to 500 characters. %q has %d characters.",
				k, utf8.RuneCountInString(part.node.value)))
		}
		all[k] = part.node.value
	}
	return all
}

// fault returns the first thing wrong: a value that was read, or a parameter that nobody asked for.
func (p params) fault() *apiError {
	if *p.bad == nil {
		if name := unread(p.node, ""); name != "" {
			p.fail(refuse("parameter_unknown", name, "Received unknown parameter: %s", name))
		}
	}
	return *p.bad
}

func unread(n *node, path string) string {
	if n == nil {
		return ""
	}
	for _, name := range n.names {
		part, full := n.parts[name], name
		if path != "" {
			full = fmt.Sprintf("%s[%s]", path, name)
		}
		if !part.read {
			return full
		}
		if found := unread(part, full); found != "" {
			return found
		}
	}
	return ""
}
