package catalog

import (
	"context"
	"encoding/json"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Delete removes a product that was never ordered, with everything that hangs
// on it, and archives another, since orders and their history name it. The
// files of its pictures stay. A product that is gone already is KindNotFound.
func (c *Catalog) Delete(ctx context.Context, who string, id shop.ProductID) (archived bool, err error) {
	err = c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := tx.LockProduct(ctx, id); err != nil {
			return err
		}
		p, err := tx.ProductForStaff(ctx, id)
		if err != nil {
			return err
		}
		ties, err := tx.VariantTies(ctx, variantIDs(p.Variants))
		if err != nil {
			return err
		}
		ordered, err := tx.WasOrdered(ctx, id)
		if err != nil {
			return err
		}
		if archived = ordered || len(ties) > 0; archived {
			return setStatus(ctx, tx, who, id, shop.ProductArchived)
		}
		return remove(ctx, tx, who, p)
	})
	return archived, err
}

func remove(ctx context.Context, tx *database.Tx, who string, p shop.Product) error {
	if err := tx.DeleteVariants(ctx, variantIDs(p.Variants)); err != nil {
		return err
	}
	if err := tx.DropRedirectsTo(ctx, productPath(p.Handle)); err != nil {
		return err
	}
	tx.Audit(shop.AuditEntry{
		Who: who, Action: "product.delete", ThingKind: "product", ThingID: fmt.Sprint(p.ID), Details: details(notes(&p, &p), nil),
	})
	return tx.DeleteProduct(ctx, p)
}

// maxStatusIDs is how many products a list may send at once.
const maxStatusIDs = 1_000

// SetStatus gives products a status, all or none; those that have it already
// and those that are gone are left. Another status than the three is
// KindInvalid.
func (c *Catalog) SetStatus(ctx context.Context, who string, ids []shop.ProductID, status shop.ProductStatus) error {
	switch {
	case status != shop.ProductActive && status != shop.ProductDraft && status != shop.ProductArchived:
		return shop.Invalid("Choose active, draft or archived.")
	case len(ids) == 0:
		return shop.Invalid("Choose the products first.")
	case len(ids) > maxStatusIDs:
		return shop.Invalid("Choose at most %d products at once.", maxStatusIDs)
	}
	return c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		for _, id := range sortedIDs(ids) {
			if err := setStatus(ctx, tx, who, id, status); err != nil {
				return err
			}
		}
		return nil
	})
}

func setStatus(ctx context.Context, tx *database.Tx, who string, id shop.ProductID, status shop.ProductStatus) error {
	before, err := tx.ProductStatus(ctx, id)
	if shop.IsNotFound(err) || err == nil && before == status {
		return nil
	}
	if err != nil {
		return err
	}
	if err := tx.SetProductStatus(ctx, id, status); err != nil {
		return err
	}
	tx.Audit(shop.AuditEntry{
		Who: who, Action: "product.status", ThingKind: "product", ThingID: fmt.Sprint(id),
		Details: details(map[string]string{"status": string(before)}, map[string]string{"status": string(status)}),
	})
	return nil
}

// details are what an audit entry says of a change.
func details(before, after map[string]string) string {
	text, _ := json.Marshal(map[string]map[string]string{"before": before, "after": after})
	return string(text)
}
