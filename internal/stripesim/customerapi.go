package stripesim

// createCustomer answers POST /v1/customers.
func createCustomer(c *call) action {
	who := customerFields(c)
	who.ID = newID("cus_", 14)
	return func(l *ledger) (any, error) {
		who.Created = l.now
		return who, l.insert(who)
	}
}

// customerFields reads what a request says of a customer.
func customerFields(c *call) *customer {
	who := &customer{
		Object: kindCustomer, Description: optional(c.p.str("description", 5000)),
		Email: optional(c.p.str("email", 512)), Name: optional(c.p.str("name", 256)), Phone: optional(c.p.str("phone", 20)),
		Metadata: withoutEmpty(c.p.metadata("metadata")), TaxExempt: c.p.enum("tax_exempt", "none", "exempt", "reverse"),
	}
	if c.p.has("address") {
		who.Address = readAddress(c.p.at("address"))
	}
	if to := c.p.at("shipping"); to.node != nil && !to.unset() {
		who.Shipping = &shippingDetails{
			Address: readAddress(to.at("address")), Name: optional(to.need("name", 256)), Phone: optional(to.str("phone", 20)),
		}
	}
	return who
}

// unset says whether an empty string stands where a hash may be: it takes away what was there.
func (p params) unset() bool { return p.node != nil && p.node.leaf && p.node.value == "" }

func readAddress(p params) *address {
	return &address{
		City: optional(p.str("city", 5000)), Country: optional(p.str("country", 2)), Line1: optional(p.str("line1", 5000)),
		Line2: optional(p.str("line2", 5000)), PostalCode: optional(p.str("postal_code", 5000)), State: optional(p.str("state", 5000)),
	}
}

func getCustomer(c *call) action {
	return func(l *ledger) (any, error) { return inPath[customer](l, kindCustomer, c.r.PathValue("id")) }
}

// keepCustomer makes or updates the customer, as customer_creation and customer_update ask.
func (l *ledger) keepCustomer(b *basket, w shopper) error {
	if b.Customer == nil {
		if b.CustomerCreation == nil || *b.CustomerCreation != "always" {
			return nil
		}
		who := &customer{
			ID: newID("cus_", 14), Object: kindCustomer, Created: l.now, Email: optional(w.Email), Name: optional(w.Name),
			Phone: optional(w.Phone), Address: w.address(), Shipping: b.shippingTo(w), Metadata: map[string]string{}, TaxExempt: "none",
		}
		b.Customer = &who.ID
		return l.insert(who)
	}
	who, err := known[customer](l, kindCustomer, *b.Customer)
	if err != nil {
		return err
	}
	update := b.Sim.CustomerUpdate
	if update["address"] == "auto" {
		who.Address = w.address()
	}
	if update["name"] == "auto" {
		who.Name = optional(w.Name)
	}
	if update["shipping"] == "auto" {
		who.Shipping = b.shippingTo(w)
	}
	return l.save(who)
}
