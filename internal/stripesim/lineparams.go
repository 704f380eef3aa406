package stripesim

import "slices"

func (d *draft) readLines(p params) {
	lines := p.list("line_items", maxLines)
	if len(lines) == 0 {
		p.fail(missing("line_items"))
	}
	for _, line := range lines {
		d.readLine(line)
	}
}

func (d *draft) readLine(line params) {
	it := &item{ID: newID("li_1", 23), Object: "item", Quantity: line.needInt("quantity", 1, 999_999)}
	it.Sim.Session = d.session.ID
	if !line.has("price_data") {
		line.fail(missing(line.name("price_data")))
	}
	data := line.at("price_data")
	it.Currency = d.readCurrency(data)
	if !data.has("product_data") {
		data.fail(missing(data.name("product_data")))
	}
	prod := readProduct(data.at("product_data"), d.session.Created)
	cents := data.needInt("unit_amount", 0, maxCents)
	it.Description = prod.Name
	it.Price = newPrice(prod, money{cents, it.Currency}, readTaxBehavior(data))
	d.items, d.products = append(d.items, it), append(d.products, prod)
}

// readCurrency reads a currency and holds all of a session's to the same one.
func (d *draft) readCurrency(p params) string {
	currency := p.need("currency", 3)
	switch {
	case currency == "":
	case currency != "usd":
		p.fail(notSimulated(p.name("currency"), "currencies other than usd"))
	case d.session.Currency == "":
		d.session.Currency = currency
	}
	return currency
}

func readTaxBehavior(p params) string {
	behaviour := p.enum("tax_behavior", "unspecified", "exclusive", "inclusive")
	if behaviour == "inclusive" {
		p.fail(notSimulated(p.name("tax_behavior"), "inclusive taxes"))
	}
	return behaviour
}

func readProduct(p params, now int64) *product {
	images := p.strs("images", 8, 2048)
	if images == nil {
		images = []string{}
	}
	return &product{
		ID: newID("prod_", 14), Object: kindProduct, Created: now, Updated: now, Name: p.need("name", 5000),
		Description: optional(p.str("description", 40_000)), Images: images, Features: []struct{}{},
		Metadata: withoutEmpty(p.metadata("metadata")), TaxCode: readTaxCode(p),
	}
}

func readTaxCode(p params) *string {
	code := p.str("tax_code", 5000)
	if code != "" && !taxCodeForm.MatchString(code) {
		p.fail(noSuch("tax code", code, p.name("tax_code"), 400))
	}
	return optional(code)
}

func (d *draft) readShipping(p params) {
	s := &d.session
	if p.has("shipping_address_collection") {
		countries := p.at("shipping_address_collection").strs("allowed_countries", 250, 2)
		if len(countries) == 0 {
			p.fail(missing("shipping_address_collection[allowed_countries]"))
		}
		for _, c := range countries {
			if !countryForm.MatchString(c) || slices.Contains(noShipping, c) {
				p.fail(refuse("", "shipping_address_collection[allowed_countries]",
					"Invalid shipping_address_collection[allowed_countries]: %s is not a supported country", c))
			}
		}
		s.ShippingAddressCollection = &shippingCollection{countries}
	}
	for _, o := range p.list("shipping_options", 5) {
		if !o.has("shipping_rate_data") {
			o.fail(missing(o.name("shipping_rate_data")))
		}
		r := d.readRate(o.at("shipping_rate_data"))
		d.rates = append(d.rates, r)
		s.ShippingOptions = append(s.ShippingOptions, shippingOption{r.FixedAmount.Amount, r.ID})
	}
}

func (d *draft) readRate(p params) *shippingRate {
	r := &shippingRate{
		ID: newID("shr_1", 23), Object: kindShippingRate, Active: true, Created: d.session.Created,
		DisplayName: p.need("display_name", 100), Type: p.enum("type", "fixed_amount"),
		Metadata: withoutEmpty(p.metadata("metadata")), TaxBehavior: readTaxBehavior(p), TaxCode: readTaxCode(p),
	}
	if !p.has("fixed_amount") {
		p.fail(missing(p.name("fixed_amount")))
	}
	amount := p.at("fixed_amount")
	r.FixedAmount = money{amount.needInt("amount", 0, maxCents), d.readCurrency(amount)}
	if p.has("delivery_estimate") {
		e := p.at("delivery_estimate")
		r.DeliveryEstimate = &deliveryEstimate{readDuration(e, "minimum"), readDuration(e, "maximum")}
	}
	return r
}

func readDuration(p params, name string) *duration {
	if !p.has(name) {
		return nil
	}
	d := p.at(name)
	return &duration{
		d.enum("unit", "business_day", "day", "hour", "month", "week"), d.needInt("value", 1, 10_000),
	}
}
