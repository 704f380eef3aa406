package catalog

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// createBatch is how many variants one transaction of Create writes.
const createBatch = 300

// Create makes products with everything that hangs on them and fills their
// ids. What a tracked variant's Stock has on hand is its opening stock. It
// writes several products at a time; the first that cannot be made ends it,
// and what was written before stays. A handle that is taken gives KindConflict.
func (c *Catalog) Create(ctx context.Context, who string, products ...*shop.Product) error {
	for len(products) > 0 {
		n, variants := 0, 0
		for n < len(products) && (n == 0 || variants+len(products[n].Variants) <= createBatch) {
			variants += len(products[n].Variants)
			n++
		}
		if err := c.create(ctx, who, products[:n]); err != nil {
			return err
		}
		products = products[n:]
	}
	return nil
}

func (c *Catalog) create(ctx context.Context, who string, products []*shop.Product) error {
	for _, p := range products {
		if err := tidy(p); err != nil {
			return err
		}
	}
	var made []shop.Product
	err := c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		made = nil
		for _, p := range products {
			made = append(made, clone(*p))
		}
		err := insert(ctx, tx, made, shop.StockMovement{CauseKind: "adjustment", CauseID: "create", Step: "open", Who: who})
		for _, p := range made {
			tx.Audit(shop.AuditEntry{
				Who: who, Action: "product.create", ThingKind: "product", ThingID: fmt.Sprint(p.ID),
				Details: details(nil, map[string]string{"title": p.Title, "address": p.Handle}),
			})
		}
		return err
	})
	if isTaken(err) {
		return shop.Conflict("one of the handles is taken: %s", handles(products))
	}
	if err != nil {
		return err
	}
	for i, p := range products {
		*p = made[i]
	}
	return nil
}

// tidy brings a product into the form in which it is stored.
func tidy(p *shop.Product) error {
	p.Title = strings.TrimSpace(p.Title)
	if p.Handle == "" {
		p.Handle = shop.MakeHandle(p.Title)
	}
	switch {
	case p.Title == "":
		return shop.Invalid("a product needs a title")
	case p.Handle == "" || p.Handle != shop.MakeHandle(p.Handle):
		return shop.Invalid("%q is not a handle", p.Handle)
	case len(p.Variants) == 0:
		return shop.Invalid("%s needs a variant", p.Title)
	case len(p.Options) > 3:
		return shop.Invalid("%s has more than three options", p.Title)
	}
	p.Description = Sanitise(p.Description)
	for i := range p.Options {
		p.Options[i].Position = i + 1
	}
	for i := range p.Variants {
		tidyVariant(&p.Variants[i], i+1)
	}
	for i := range p.Images {
		p.Images[i].Position = i + 1
	}
	return nil
}

func tidyVariant(v *shop.Variant, position int) {
	v.Position = position
	if v.Option1 == "" {
		v.Option1 = shop.DefaultTitle
	}
	if v.Policy == "" {
		v.Policy = shop.PolicyDeny
	}
	if v.WeightUnit == "" {
		v.WeightUnit = "g"
	}
}

func handles(products []*shop.Product) string {
	var list []string
	for _, p := range products {
		list = append(list, p.Handle)
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}
