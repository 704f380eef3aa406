package shop

import "testing"

func TestCartFingerprint(t *testing.T) {
	bag := func(change func(*Cart)) Cart {
		c := Cart{
			ID: 7, Note: "n", GiftNote: "g", ShipTo: "us",
			Lines: []CartLine{
				{ID: 1, VariantID: 10, Quantity: 2, Properties: []LineProperty{{Position: 1, Name: "Bib", Value: "12"}}},
				{ID: 2, VariantID: 11, Quantity: 1},
			},
			Attributes: []CartAttribute{{Name: "a", Value: "1"}, {Name: "b", Value: "2"}},
		}
		change(&c)
		return c
	}
	whole := CartFingerprint(bag(func(*Cart) {}))
	if len(whole) != 64 {
		t.Fatalf("%q is not a hex SHA-256", whole)
	}
	tests := []struct {
		name   string
		change func(*Cart)
		same   bool
	}{
		{"the order of lines", func(c *Cart) { c.Lines[0], c.Lines[1] = c.Lines[1], c.Lines[0] }, true},
		{"the order of attributes", func(c *Cart) { c.Attributes[0], c.Attributes[1] = c.Attributes[1], c.Attributes[0] }, true},
		{"what the shopper last saw", func(c *Cart) { c.Lines[0].SeenPrice = 5; c.Lines[0].SeenTitle = "x" }, true},
		{"ids of rows", func(c *Cart) { c.ID = 8; c.Lines[0].ID = 9 }, true},
		{"a quantity", func(c *Cart) { c.Lines[0].Quantity = 3 }, false},
		{"a variant", func(c *Cart) { c.Lines[0].VariantID = 12 }, false},
		{"a property", func(c *Cart) { c.Lines[0].Properties[0].Value = "13" }, false},
		{"a property on another line", func(c *Cart) {
			c.Lines[1].Properties, c.Lines[0].Properties = c.Lines[0].Properties, nil
		}, false},
		{"a discount code", func(c *Cart) { c.DiscountCode = "SPRING" }, false},
		{"a line less", func(c *Cart) { c.Lines = c.Lines[:1] }, false},
		{"the note", func(c *Cart) { c.Note = "m" }, false},
		{"note and gift note swapped", func(c *Cart) { c.Note, c.GiftNote = c.GiftNote, c.Note }, false},
		{"the destination", func(c *Cart) { c.ShipTo = "us-ak" }, false},
		{"an attribute", func(c *Cart) { c.Attributes[1].Value = "3" }, false},
		{"a boundary moved between name and value", func(c *Cart) { c.Attributes[0] = CartAttribute{Name: "a1", Value: ""} }, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := CartFingerprint(bag(tt.change)) == whole; got != tt.same {
				t.Errorf("same is %v, want %v", got, tt.same)
			}
		})
	}
}
