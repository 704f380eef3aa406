package stripesim

import (
	"net/url"
	"strings"
)

// node is one parameter of a request: a value, or named parts in the order they came.
type node struct {
	value string
	leaf  bool
	names []string
	parts map[string]*node
	read  bool
}

// maxDepth bounds how deep brackets may nest; Stripe's own parameters need five.
const maxDepth = 8

// decodeForm reads Stripe's bracket notation (a[b][0][c]=v, a[]=v) from an encoded form or query.
func decodeForm(encoded string) (*node, *apiError) {
	root := &node{}
	for pair := range strings.SplitSeq(encoded, "&") {
		if pair == "" {
			continue
		}
		rawKey, rawValue, _ := strings.Cut(pair, "=")
		key, err1 := url.QueryUnescape(rawKey)
		value, err2 := url.QueryUnescape(rawValue)
		if err1 != nil || err2 != nil || strings.ContainsRune(key+value, 0) {
			return nil, refuse("", "", "Invalid request: the body is not an encoded form.")
		}
		path, ok := splitKey(key)
		if !ok || !root.set(path, value) {
			return nil, refuse("", key, "Invalid request: cannot read the parameter name %q.", key)
		}
	}
	return root, nil
}

// splitKey turns a[b][0] into a, b, 0.
func splitKey(key string) ([]string, bool) {
	head, rest, bracketed := strings.Cut(key, "[")
	if head == "" || strings.Contains(head, "]") {
		return nil, false
	}
	path := []string{head}
	if !bracketed {
		return path, true
	}
	rest, ok := strings.CutSuffix(rest, "]")
	if !ok {
		return nil, false
	}
	path = append(path, strings.Split(rest, "][")...)
	for _, p := range path {
		if strings.ContainsAny(p, "[]") {
			return nil, false
		}
	}
	return path, len(path) <= maxDepth
}

func (n *node) set(path []string, value string) bool {
	if len(path) == 0 {
		if n.parts != nil {
			return false
		}
		n.value, n.leaf = value, true
		return true
	}
	if n.leaf {
		return false
	}
	name := path[0]
	if name == "" { // a[]=v appends
		name = itoa(len(n.names))
	}
	child, ok := n.parts[name]
	if !ok {
		child = &node{}
		if n.parts == nil {
			n.parts = map[string]*node{}
		}
		n.parts[name] = child
		n.names = append(n.names, name)
	}
	return child.set(path[1:], value)
}
