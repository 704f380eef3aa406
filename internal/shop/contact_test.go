package shop_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/shop"
)

func TestAMessageIsKeptAsItWasWritten(t *testing.T) {
	got, err := shop.ContactMessage{Name: "  Ada \t Moss ", Email: " Ada@Runner.example ", OrderNumber: " #1001 ", Body: "\r\nOne,\r\n\ttwo.\n\nThree ✓ \n"}.Clean()
	want := shop.ContactMessage{Name: "Ada Moss", Email: "Ada@Runner.example", OrderNumber: "#1001", Body: "One,\n\ttwo.\n\nThree ✓"}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v %s", err, diff)
	}
}

func TestAMessageThatCannotBeKeptSaysWhichFieldsAreWrong(t *testing.T) {
	good := shop.ContactMessage{Email: "ada@runner.example", Body: "Hello"}
	tests := []struct {
		name   string
		change func(*shop.ContactMessage)
		fields string
	}{
		{"nothing is wrong", func(*shop.ContactMessage) {}, ""},
		{"nothing was typed", func(m *shop.ContactMessage) { *m = shop.ContactMessage{} }, "body email"},
		{"spaces alone", func(m *shop.ContactMessage) { m.Email, m.Body = "  ", " \n\t " }, "body email"},
		{"an address with a name", func(m *shop.ContactMessage) { m.Email = "Ada <ada@runner.example>" }, "email"},
		{"two addresses", func(m *shop.ContactMessage) { m.Email = "ada@runner.example, eve@evil.example" }, "email"},
		{"a header in the address", func(m *shop.ContactMessage) { m.Email = "ada@runner.example\r\nBcc: eve@evil.example" }, "email"},
		{"a header in the name is one line", func(m *shop.ContactMessage) { m.Name = "Ada\r\nBcc: eve@evil.example" }, ""},
		{"a mark that turns the writing", func(m *shop.ContactMessage) { m.Name = "Ada\u202Emoc" }, "name"},
		{"a bell", func(m *shop.ContactMessage) { m.Body = "Hello\a" }, "body"},
		{"everything too long", func(m *shop.ContactMessage) {
			m.Name, m.Email = strings.Repeat("n", 101), strings.Repeat("e", 250)+"@x.example"
			m.OrderNumber, m.Body = strings.Repeat("1", 41), strings.Repeat("b", shop.MaxContactBody+1)
		}, "body email name order"},
		{"5000 letters of two bytes", func(m *shop.ContactMessage) { m.Body = strings.Repeat("ö", shop.MaxContactBody) }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := good
			tt.change(&m)
			_, err := m.Clean()
			var e *shop.Error
			errors.As(err, &e)
			fields := ""
			if e != nil {
				fields = strings.Join(slices.Sorted(maps.Keys(e.Fields)), " ")
			}
			if fields != tt.fields || err != nil && shop.KindOf(err) != shop.KindInvalid {
				t.Errorf("%q, %v; want %q", fields, err, tt.fields)
			}
		})
	}
}
