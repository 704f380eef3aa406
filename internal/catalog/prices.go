package catalog

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// PriceChange gives a variant of a product another price.
type PriceChange struct {
	Variant database.PricedVariant // as it was read; its Price is the one that changes
	To      shop.Cents
}

// MaxPrices is how many prices may change at once.
const MaxPrices = 5_000

// SetPrices changes prices of any products, all or none. A price that is not
// any more what it was when it was read is KindConflict, and one that is hardly
// meant, such as nothing, is an *Unsure until sure is set.
func (c *Catalog) SetPrices(ctx context.Context, who string, changes []PriceChange, sure bool) error {
	if err := checkPrices(changes); err != nil {
		return err
	}
	if warnings := priceWarnings(changes); len(warnings) > 0 && !sure {
		return &Unsure{warnings, shop.Conflict("Look again: this is unusual. Nothing is saved yet.")}
	}
	changes = slices.Clone(changes)
	slices.SortFunc(changes, func(a, b PriceChange) int {
		return cmp.Or(cmp.Compare(a.Variant.ProductID, b.Variant.ProductID), cmp.Compare(a.Variant.ID, b.Variant.ID))
	})
	return c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		for first := 0; first < len(changes); {
			id, end := changes[first].Variant.ProductID, first
			for end < len(changes) && changes[end].Variant.ProductID == id {
				end++
			}
			if err := setPrices(ctx, tx, who, changes[first:end]); err != nil {
				return err
			}
			first = end
		}
		return nil
	})
}

// setPrices changes those of one product.
func setPrices(ctx context.Context, tx *database.Tx, who string, changes []PriceChange) error {
	id := changes[0].Variant.ProductID
	if err := tx.LockProduct(ctx, id); err != nil {
		return err
	}
	before, after := map[string]string{}, map[string]string{}
	for _, change := range changes {
		v := change.Variant
		set, err := tx.SetPrice(ctx, v, change.To)
		if err != nil {
			return err
		}
		if !set {
			return shop.Conflict("Somebody else has changed the price of %s just now. Look at the prices again.", v.SKU)
		}
		name := v.SKU + ": price"
		before[name], after[name] = v.Price.String(), change.To.String()
	}
	tx.Audit(shop.AuditEntry{
		Who: who, Action: "product.prices", ThingKind: "product", ThingID: fmt.Sprint(id), Details: details(before, after),
	})
	return tx.Repriced(ctx, id)
}

func checkPrices(changes []PriceChange) error {
	if len(changes) == 0 || len(changes) > MaxPrices {
		return shop.Invalid("Change 1 to %d prices at once.", MaxPrices)
	}
	seen := map[shop.VariantID]bool{}
	for _, change := range changes {
		switch {
		case change.To < 0 || change.To > shop.MaxCents:
			return shop.Invalid("The price of %s must be an amount from $0.00 to $999,999.99.", change.Variant.SKU)
		case seen[change.Variant.ID]:
			return shop.Invalid("%s is there twice.", change.Variant.SKU)
		}
		seen[change.Variant.ID] = true
	}
	return nil
}

// priceWarnings are the slips that a list of prices may have.
func priceWarnings(changes []PriceChange) []string {
	var list []string
	more := 0
	for _, change := range changes {
		from := change.Variant.Price
		switch {
		case change.To == from || change.To > from/10:
			continue
		case len(list) == namedSizes:
			more++
		case change.To == 0:
			list = append(list, fmt.Sprintf("%s would cost nothing instead of %s.", change.Variant.SKU, from))
		default:
			list = append(list, fmt.Sprintf("%s would cost %s instead of %s.", change.Variant.SKU, change.To, from))
		}
	}
	if more > 0 {
		list = append(list, fmt.Sprintf("And %d more would.", more))
	}
	return list
}
