package shop

// Invoice is what a paid order came to and how it was paid for, as it stands
// on paper. It is read from what the order keeps; nothing is priced again.
type Invoice struct {
	Order    *Order
	Lines    []InvoiceLine
	Paid     Cents // money received
	Refunds  []InvoiceRefund
	Returned Cents // given back, or about to be
}

// InvoiceLine is a line with its tax, as far as tax is known.
type InvoiceLine struct {
	*OrderLine
	Tax *Cents
}

// InvoiceRefund is money given back for the order, with the sum it comes from.
type InvoiceRefund struct {
	Refund
	Rows []RefundRow
}

// Balance is what was paid and not given back.
func (i Invoice) Balance() Cents { return i.Paid - i.Returned }

// InvoiceFor writes the invoice of an order, which is whole. Payments that came
// too late and went back whole were never for the order and are left out, as
// are refunds that failed. An order that is not paid has none: KindNotFound.
func InvoiceFor(o *Order, refunds []Refund, units []RefundUnit) (Invoice, error) {
	if o.State != OrderPaid {
		return Invoice{}, NotFound("There is an invoice once the order is paid.")
	}
	invoice := Invoice{Order: o}
	for i := range o.Lines {
		line := InvoiceLine{OrderLine: &o.Lines[i]}
		var tax Cents
		known := len(line.Units) > 0
		for _, u := range line.Units {
			known = known && u.PaidTax != nil
			tax += orZero(u.PaidTax)
		}
		if known {
			line.Tax = &tax
		}
		invoice.Lines = append(invoice.Lines, line)
	}
	for _, t := range o.Tenders {
		invoice.Paid += t.Amount
	}
	for _, r := range refunds {
		if r.State == RefundFailed || r.Cause == RefundLate {
			continue
		}
		invoice.Refunds = append(invoice.Refunds, InvoiceRefund{r, PlanOf(o, r, units).Rows()})
		invoice.Returned += r.Amount
	}
	return invoice, nil
}
