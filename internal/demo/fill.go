package demo

import (
	"context"
	"fmt"
	"slices"

	"longrun/internal/catalog"
	"longrun/internal/shop"
)

// by is who the audit log says made the demo shop.
const by = "demo"

// ProductCount is how many products Fill makes.
func ProductCount() int { return len(entries()) }

// Fill fills an empty shop with the demo shop, through the same work that
// staff and importers use.
func Fill(ctx context.Context, c *catalog.Catalog) error {
	all := entries()
	if err := hang(ctx, c, all); err != nil {
		return fmt.Errorf("drawing the demo shop: %w", err)
	}
	if err := c.Create(ctx, by, byAge(all)...); err != nil {
		return fmt.Errorf("making the demo products: %w", err)
	}
	return fillCollections(ctx, c, all)
}

// entry is a product on its way, with the pictures it will show.
type entry struct {
	product  shop.Product
	pictures []Picture
	age      int // what is made first is oldest
}

// byAge gives the products in the order in which they are made: each style's
// first colourway last, so that what is new is not one shoe in three colours.
func byAge(all []entry) []*shop.Product {
	order := make([]*entry, len(all))
	for i := range all {
		order[i] = &all[i]
	}
	slices.Reverse(order)
	slices.SortStableFunc(order, func(a, b *entry) int { return b.age - a.age })
	products := make([]*shop.Product, len(order))
	for i, e := range order {
		products[i] = &e.product
	}
	return products
}

// oldest is the age of socks and caps.
const oldest = 99

func entries() []entry {
	var all []entry
	for _, s := range Styles() {
		for i, c := range s.Colourways {
			all = append(all, entry{shoe(s, c), s.Pictures(c), i})
		}
	}
	for _, a := range Accessories() {
		all = append(all, entry{accessory(a), a.Pictures(), oldest})
	}
	return all
}

// hang draws all pictures, keeps them, and hangs them into their products.
func hang(ctx context.Context, c *catalog.Catalog, all []entry) error {
	var drawings [][]byte
	for _, e := range all {
		for _, p := range e.pictures {
			drawings = append(drawings, p.Draw())
		}
	}
	kept, err := c.StoreDrawn(ctx, drawings...)
	if err != nil {
		return err
	}
	for i := range all {
		for _, p := range all[i].pictures {
			id := kept[0].ID
			kept = kept[1:]
			all[i].product.Images = append(all[i].product.Images, shop.ProductImage{Alt: p.Alt, PictureID: &id})
		}
	}
	return nil
}

func fillCollections(ctx context.Context, c *catalog.Catalog, all []entry) error {
	for i, made := range Collections() {
		var members []shop.ProductID
		for _, e := range all {
			if made.Holds(e.product.Handle, tagsOf(e.product)) {
				members = append(members, e.product.ID)
			}
		}
		row := shop.Collection{
			Handle: made.Handle, Title: made.Title, Description: made.HTML,
			SortOrder: shop.SortManual, Position: i + 1, Published: true,
		}
		if err := c.CreateCollection(ctx, by, &row, members); err != nil {
			return fmt.Errorf("making the collection %s: %w", made.Handle, err)
		}
	}
	return nil
}

func tagsOf(p shop.Product) []string {
	var tags []string
	for _, t := range p.Tags {
		tags = append(tags, t.Tag)
	}
	return tags
}
