package stripesim

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
)

// tree holds the expansions asked for: data.price.product becomes data → price → product.
type tree map[string]tree

// readExpand reads the expand parameter, which every request may carry.
func readExpand(p params) tree {
	root := tree{}
	for _, path := range p.strs("expand", 100, 200) {
		segments, at := strings.Split(path, "."), root
		if len(segments) > 4 {
			p.fail(refuse("property_expansion_max_depth", "expand",
				"You cannot expand more than 4 levels of a property. Property: %s", path))
		}
		for _, segment := range segments {
			if at[segment] == nil {
				at[segment] = tree{}
			}
			at = at[segment]
		}
	}
	return root
}

// references are the properties that hold an id and may be expanded, and the kind each refers to.
var references = map[string]string{
	"customer": kindCustomer, "payment_intent": kindIntent, "latest_charge": kindCharge, "charge": kindCharge,
	"product": kindProduct, "shipping_rate": kindShippingRate,
}

// hidden are the properties that an answer shows only when they are expanded, by type of object and path.
var hidden = map[string]bool{
	"checkout.session total_details.breakdown": true, "checkout.session shipping_cost.taxes": true,
	"item taxes": true, "item discounts": true,
}

// shaper turns what the books keep into what an answer shows.
type shaper struct{ ledger *ledger }

// render gives v as an answer with the properties in ex expanded.
func (l *ledger) render(v any, ex tree) (any, error) {
	node, err := generic(v)
	if err != nil {
		return nil, err
	}
	return node, shaper{l}.shape(node, ex, "", "")
}

// generic turns a struct into the maps and slices of its JSON, numbers kept as written.
func generic(v any) (any, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.UseNumber()
	var node any
	return node, dec.Decode(&node)
}

func (s shaper) shape(node any, ex tree, kind, path string) error {
	switch n := node.(type) {
	case []any:
		for _, e := range n {
			if err := s.shape(e, ex, kind, path); err != nil {
				return err
			}
		}
	case map[string]any:
		if k, ok := n["object"].(string); ok {
			kind, path = k, ""
		}
		delete(n, "sim")
		if err := s.expand(n, ex, kind, path); err != nil {
			return err
		}
		for key, child := range n {
			full := path + key
			if _, asked := ex[key]; hidden[kind+" "+full] && !asked {
				delete(n, key)
				continue
			}
			if err := s.shape(child, ex[key], kind, full+"."); err != nil {
				return err
			}
		}
	}
	return nil
}

// expand replaces the ids in n that ex names by the objects they refer to.
func (s shaper) expand(n map[string]any, ex tree, kind, path string) error {
	for key := range ex {
		value, present := n[key]
		switch v := value.(type) {
		case string:
			if references[key] == "" {
				return cannotExpand(path + key)
			}
			var child any
			body, err := s.ledger.body(references[key], v)
			if errors.Is(err, errNotFound) {
				continue
			} else if err != nil {
				return err
			}
			if child, err = generic(json.RawMessage(body)); err != nil {
				return err
			}
			n[key] = child
		default:
			if present {
				continue
			}
			child, err := s.sublist(kind, key, n["id"])
			if err != nil {
				return err
			}
			if n[key], err = generic(child); err != nil {
				return err
			}
		}
	}
	return nil
}

// sublist reads the lists that objects carry only when expanded.
func (s shaper) sublist(kind, key string, id any) (*list, error) {
	owner, _ := id.(string)
	q := page{limit: 10, parent: owner, oldestFirst: key == "line_items"}
	switch kind + " " + key {
	case "checkout.session line_items":
		return s.ledger.list(kindItem, "/v1/checkout/sessions/"+owner+"/line_items", q)
	case "charge refunds":
		var c charge
		if err := s.ledger.load(kindCharge, owner, &c); err != nil {
			return nil, err
		}
		q.parent = c.PaymentIntent
		return s.ledger.list(kindRefund, "/v1/charges/"+owner+"/refunds", q)
	}
	return nil, cannotExpand(key)
}

func cannotExpand(path string) *apiError {
	e := refuse("", "expand", "This property cannot be expanded (%s).", path)
	e.early = true
	return e
}
