package stripecontract_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"longrun/internal/testneed"
)

// mockModule is the module that carries Stripe's own description of its API at
// version 2023-10-16.
const mockModule = "github.com/stripe/stripe-mock@v0.183.0"

// schema is the part of OpenAPI in which Stripe describes what it answers.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       string             `json:"type"`
	Nullable   bool               `json:"nullable"`
	Enum       []any              `json:"enum"`
	MaxLength  int                `json:"maxLength"`
	Required   []string           `json:"required"`
	Properties map[string]*schema `json:"properties"`
	Additional json.RawMessage    `json:"additionalProperties"`
	Items      *schema            `json:"items"`
	AnyOf      []*schema          `json:"anyOf"`
}

type media map[string]struct {
	Schema *schema `json:"schema"`
}

// spec is Stripe's description.
type spec struct {
	Paths map[string]map[string]struct {
		Responses map[string]struct {
			Content media `json:"content"`
		} `json:"responses"`
	} `json:"paths"`
	Components struct {
		Schemas map[string]*schema `json:"schemas"`
	} `json:"components"`
}

var specOnce = sync.OnceValues(func() (*spec, error) {
	cmd := exec.Command("go", "mod", "download", "-json", mockModule)
	// Only what lies in the module cache: a test asks no proxy.
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOSUMDB=off", "GOFLAGS=-mod=mod")
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var found struct{ Dir string }
	if err := json.Unmarshal(out, &found); err != nil {
		return nil, err
	}
	body, err := os.ReadFile(filepath.Join(found.Dir, "embedded", "openapi", "spec3.json"))
	if err != nil {
		return nil, err
	}
	s := &spec{}
	return s, json.Unmarshal(body, s)
})

// readSpec reads Stripe's description where the module's cache has it.
func readSpec(t *testing.T) *spec {
	t.Helper()
	s, err := specOnce()
	if err != nil {
		testneed.Missing(t, mockModule+" in the module cache (go mod download "+mockModule+")")
	}
	return s
}

// answer is what Stripe would answer to an operation, and the path as its
// description has it.
func (s *spec) answer(method, path string) (*schema, string) {
	for pattern, operations := range s.Paths {
		if op, ok := operations[strings.ToLower(method)]; ok && matches(pattern, path) {
			return op.Responses["200"].Content["application/json"].Schema, pattern
		}
	}
	return nil, ""
}

func matches(pattern, path string) bool {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	return slices.EqualFunc(want, got, func(w, g string) bool { return w == g || strings.HasPrefix(w, "{") && g != "" })
}

// check holds a value against a schema and gives everything that does not fit.
func (s *spec) check(at string, v any, sch *schema) []string {
	if sch.Ref != "" {
		name := sch.Ref[strings.LastIndex(sch.Ref, "/")+1:]
		return s.check(at, v, s.Components.Schemas[name])
	}
	if v == nil {
		if sch.Nullable {
			return nil
		}
		return []string{at + " is null"}
	}
	if len(sch.AnyOf) > 0 {
		return s.checkAny(at, v, sch)
	}
	var wrong []string
	if len(sch.Enum) > 0 && !slices.Contains(sch.Enum, v) {
		wrong = append(wrong, fmt.Sprintf("%s is %v, which is none of %v", at, v, sch.Enum))
	}
	switch v := v.(type) {
	case string:
		if sch.Type != "string" || sch.MaxLength > 0 && len([]rune(v)) > sch.MaxLength {
			wrong = append(wrong, fmt.Sprintf("%s is a text (%.40q), not a %s of at most %d", at, v, sch.Type, sch.MaxLength))
		}
	case bool:
		if sch.Type != "boolean" {
			wrong = append(wrong, at+" is true or false, not a "+sch.Type)
		}
	case float64:
		if sch.Type != "number" && (sch.Type != "integer" || v != float64(int64(v))) {
			wrong = append(wrong, fmt.Sprintf("%s is %v, not a %s", at, v, sch.Type))
		}
	case []any:
		if sch.Type != "array" {
			return append(wrong, at+" is a list, not a "+sch.Type)
		}
		for i, element := range v {
			wrong = append(wrong, s.check(fmt.Sprintf("%s[%d]", at, i), element, sch.Items)...)
		}
	case map[string]any:
		wrong = append(wrong, s.checkObject(at, v, sch)...)
	}
	return wrong
}

// checkAny holds a value against several schemas. An object is held against
// the one of its kind, so that what is wrong can be told.
func (s *spec) checkAny(at string, v any, sch *schema) []string {
	var best []string
	for i, one := range sch.AnyOf {
		if o, ok := v.(map[string]any); ok && one.Ref != "" && o["object"] != nil && strings.HasSuffix(one.Ref, "/"+fmt.Sprint(o["object"])) {
			return s.check(at, v, one)
		}
		wrong := s.check(at, v, one)
		if len(wrong) == 0 {
			return nil
		}
		if i == 0 || len(wrong) < len(best) {
			best = wrong
		}
	}
	return best
}

func (s *spec) checkObject(at string, v map[string]any, sch *schema) []string {
	if sch.Type != "object" {
		return []string{at + " is an object, not a " + sch.Type}
	}
	var wrong []string
	for _, name := range sch.Required {
		if _, ok := v[name]; !ok {
			wrong = append(wrong, at+"."+name+" is missing")
		}
	}
	for name, value := range v {
		property, known := sch.Properties[name]
		var rest schema
		switch {
		case known:
			wrong = append(wrong, s.check(at+"."+name, value, property)...)
		case json.Unmarshal(sch.Additional, &rest) == nil && rest.Type != "":
			wrong = append(wrong, s.check(at+"."+name, value, &rest)...)
		case len(sch.Properties) > 0:
			wrong = append(wrong, at+"."+name+" is nothing that Stripe has")
		}
	}
	return wrong
}

// TestTheSchemasBite shows that what does not fit is told.
func TestTheSchemasBite(t *testing.T) {
	s := readSpec(t)
	good := `{"id": "re_1", "object": "refund", "amount": 1, "created": 1, "currency": "usd", "charge": null, "metadata": {"a": "b"}}`
	for change, want := range map[string]string{
		``:                              "",
		`"amount": 1 → "amount": "1"`:   "x.amount is a text",
		`"amount": 1 → "amount": 1.5`:   "x.amount is 1.5",
		`"amount": 1 → "amount": null`:  "x.amount is null",
		`"amount": 1, → `:               "x.amount is missing",
		`"refund" → "refunds"`:          "x.object is refunds",
		`"charge": null → "charge": 7`:  "x.charge is 7",
		`"charge": null → "charge": {}`: "x.charge",
		`"charge" → "charges"`:          "x.charges is nothing that Stripe has",
		`{"a": "b"} → {"a": 1}`:         "x.metadata.a is 1",
		`{"a": "b"} → []`:               "x.metadata is a list",
	} {
		from, to, _ := strings.Cut(change, " → ")
		var v any
		if err := json.Unmarshal([]byte(strings.Replace(good, from, to, 1)), &v); err != nil {
			t.Fatal(err)
		}
		got := strings.Join(s.check("x", v, s.Components.Schemas["refund"]), "; ")
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", change, got, want)
		}
	}
}
