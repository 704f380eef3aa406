package catalog

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// DuplicateTo says what the copy of a product is called.
type DuplicateTo struct {
	Title    string
	Handle   string // "" for the title's, with a number behind it if that is taken
	Colour   string
	Pictures bool   // the copy shows the same pictures
	Key      string // random, names the form: it makes one copy; "" for no such promise
}

// Duplicate makes a draft like a product: with its options, sizes, prices,
// facts and tags, but with nothing in stock and without SKUs and barcodes. Both
// are of one family then, and each the other's other colour. What is wrong with
// the names is KindInvalid, by field: title, handle, colour.
func (c *Catalog) Duplicate(ctx context.Context, who string, id shop.ProductID, to DuplicateTo) (shop.Product, error) {
	to.Title, to.Colour = strings.TrimSpace(to.Title), strings.TrimSpace(to.Colour)
	var made shop.Product
	err := c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := tx.LockProduct(ctx, id); err != nil {
			return err
		}
		from, err := tx.ProductForStaff(ctx, id)
		if err != nil {
			return err
		}
		if made, err = copiedBy(ctx, tx, id, to.Key); err != nil || made.ID != 0 {
			return err
		}
		copied := copyOf(from, to)
		if err := checkNames(ctx, tx, &copied, to); err != nil {
			return err
		}
		if copied.Family == "" {
			copied.Family = from.Handle
			if err := adopt(ctx, tx, who, from, copied.Family); err != nil {
				return err
			}
		}
		products := []shop.Product{copied}
		if err := insert(ctx, tx, products, shop.StockMovement{
			CauseKind: "adjustment", CauseID: "create", Step: "open", Who: who,
		}); err != nil {
			return err
		}
		tx.Audit(shop.AuditEntry{
			Who: who, Action: "product.duplicate", ThingKind: "product", ThingID: fmt.Sprint(products[0].ID),
			Details: details(nil, map[string]string{"of": fmt.Sprint(id), "title": copied.Title, "address": copied.Handle, "colour": copied.Colour}),
		})
		noteCopy(tx, who, id, to.Key, products[0].ID)
		made, err = tx.ProductForStaff(ctx, products[0].ID)
		return err
	})
	if isTaken(err) {
		f := newFaults(nil)
		f.set("handle", "This address was taken just now. Choose another.")
		err = f.err()
	}
	return made, err
}

// copied is what the audit log says of a product that was duplicated.
type copied struct {
	Form string            `json:"form"`
	Copy shop.ProductID    `json:"copy"`
	To   map[string]string `json:"after"`
}

func noteCopy(tx *database.Tx, who string, from shop.ProductID, form string, to shop.ProductID) {
	text, _ := json.Marshal(copied{form, to, map[string]string{"copy": fmt.Sprint("product ", to)}})
	tx.Audit(shop.AuditEntry{Who: who, Action: "product.copied", ThingKind: "product", ThingID: fmt.Sprint(from), Details: string(text)})
}

// copiedBy is the copy that a form has made of a locked product; none has the
// id 0.
func copiedBy(ctx context.Context, tx *database.Tx, from shop.ProductID, form string) (shop.Product, error) {
	if form == "" {
		return shop.Product{}, nil
	}
	lines, err := tx.Reader.Audit(ctx, database.AuditSearch{ThingKind: "product", ThingID: fmt.Sprint(from), Limit: 5})
	for _, line := range lines {
		var c copied
		if line.Action == "product.copied" && line.Details != nil && json.Unmarshal([]byte(*line.Details), &c) == nil && c.Form == form {
			return tx.ProductForStaff(ctx, c.Copy)
		}
	}
	return shop.Product{}, err
}

// adopt gives a product a family, and its pages a reason to be made again.
func adopt(ctx context.Context, tx *database.Tx, who string, p shop.Product, family string) error {
	if err := tx.SetFamily(ctx, p.ID, family); err != nil {
		return err
	}
	tx.Audit(shop.AuditEntry{
		Who: who, Action: "product.save", ThingKind: "product", ThingID: fmt.Sprint(p.ID),
		Details: details(nil, map[string]string{"family": family}),
	})
	return tx.Changed(ctx, shop.ChangeProduct, fmt.Sprint(p.ID))
}

// copyOf is a product made anew under other names.
func copyOf(from shop.Product, to DuplicateTo) shop.Product {
	p := clone(from)
	p.ID, p.Version, p.Status = 0, 0, shop.ProductDraft
	p.Title, p.Handle, p.Colour = to.Title, shop.MakeHandle(to.Handle), to.Colour
	p.SEOTitle, p.SEOText = "", ""
	p.PublishAt, p.OnSaleAt = nil, nil
	for i := range p.Variants {
		v := &p.Variants[i]
		v.ID, v.ProductID, v.SKU, v.Barcode = 0, 0, "", ""
		v.ImageID, v.ImageSource, v.Fields = nil, "", nil
		v.Stock = shop.StockLevel{}
	}
	images := p.Images
	p.Images = nil
	for _, image := range images {
		if to.Pictures && image.PictureID != nil {
			p.Images = append(p.Images, shop.ProductImage{Position: len(p.Images) + 1, Alt: image.Alt, PictureID: image.PictureID})
		}
	}
	return p
}

func checkNames(ctx context.Context, tx *database.Tx, p *shop.Product, to DuplicateTo) error {
	f := newFaults(nil)
	if p.Title == "" {
		f.set("title", "Give the new product a title.")
	}
	f.text("title", p.Title, maxTitle)
	f.text("colour", p.Colour, maxText)
	wanted := p.Handle
	if wanted == "" {
		wanted = shop.MakeHandle(p.Title)
	}
	if wanted == "" && p.Title != "" {
		f.set("handle", "Write an address with letters a to z or digits.")
	}
	free, err := freeHandle(ctx, tx.Reader, wanted)
	if err != nil {
		return err
	}
	if free != wanted && p.Handle != "" && to.Handle != "" {
		f.set("handle", "Another product has the address %s. %s is free.", wanted, free)
	}
	p.Handle = free
	return f.err()
}
