package stripesim

// updateCustomer answers POST /v1/customers/{id}: what is given takes the place of what was there, an empty string
// takes it away, and what is left out stays.
func updateCustomer(c *call) action {
	read := customerFields(c)
	return func(l *ledger) (any, error) {
		who, err := inPath[customer](l, kindCustomer, c.r.PathValue("id"))
		if err != nil {
			return nil, err
		}
		for name, set := range map[string]func(){
			"description": func() { who.Description = read.Description }, "email": func() { who.Email = read.Email },
			"name": func() { who.Name = read.Name }, "phone": func() { who.Phone = read.Phone },
			"address": func() { who.Address = read.Address }, "shipping": func() { who.Shipping = read.Shipping },
			"tax_exempt": func() { who.TaxExempt = read.TaxExempt },
		} {
			if c.p.has(name) {
				set()
			}
		}
		for k, v := range read.Metadata {
			who.Metadata[k] = v
		}
		withoutEmpty(who.Metadata)
		return who, l.save(who)
	}
}

// begin is what the hosted page begins with for a session's customer: the address of e-mail, which it then does not
// ask, and name and address, which may be changed.
func (l *ledger) begin(b *basket) error {
	if b.Customer == nil {
		return nil
	}
	who, err := known[customer](l, kindCustomer, *b.Customer)
	if err != nil {
		return err
	}
	b.CustomerEmail = who.Email // of this page; the session keeps none
	b.First = shopper{Name: text(who.Name)}
	to := who.Address
	if who.Shipping != nil {
		to, b.First.Name = who.Shipping.Address, text(who.Shipping.Name)
	}
	if to != nil {
		b.First.Line1, b.First.Line2, b.First.City = text(to.Line1), text(to.Line2), text(to.City)
		b.First.State, b.First.PostalCode, b.First.Country = text(to.State), text(to.PostalCode), text(to.Country)
	}
	return nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
