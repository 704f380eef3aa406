package database

import (
	"context"

	"longrun/internal/shop"
)

// shelf finds the products of a page by id while their children are read.
type shelf struct {
	ids []shop.ProductID
	at  map[shop.ProductID]*shop.Product
}

func shelve(products []shop.Product) shelf {
	s := shelf{at: make(map[shop.ProductID]*shop.Product, len(products))}
	for i := range products {
		s.ids = append(s.ids, products[i].ID)
		s.at[products[i].ID] = &products[i]
	}
	return s
}

// fill reads what pages show of products: options, variants with stock,
// images with pictures, tags. The number of queries is fixed.
func (r Reader) fill(ctx context.Context, products []shop.Product) error {
	if len(products) == 0 {
		return nil
	}
	s := shelve(products)
	for _, read := range []func(context.Context, shelf) error{r.fillOptions, r.fillVariants, r.fillImages, r.fillTags} {
		if err := read(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// fillAll is fill and the kept fields.
func (r Reader) fillAll(ctx context.Context, products []shop.Product) error {
	if err := r.fill(ctx, products); err != nil || len(products) == 0 {
		return err
	}
	return r.fillFields(ctx, shelve(products))
}

func (r Reader) fillOptions(ctx context.Context, s shelf) error {
	var rows []shop.ProductOption
	err := r.raw(ctx, &rows, "SELECT * FROM product_options WHERE product_id IN ? ORDER BY product_id, position", s.ids)
	for _, row := range rows {
		p := s.at[row.ProductID]
		p.Options = append(p.Options, row)
	}
	return err
}

func (r Reader) fillVariants(ctx context.Context, s shelf) error {
	var rows []shop.Variant
	err := r.raw(ctx, &rows, "SELECT * FROM variants WHERE product_id IN ? ORDER BY product_id, position, id", s.ids)
	if err != nil {
		return err
	}
	stock, err := r.stockWhere(ctx, "v.product_id IN ?", s.ids)
	if err != nil {
		return err
	}
	for _, row := range rows {
		row.Stock = stock[row.ID]
		p := s.at[row.ProductID]
		p.Variants = append(p.Variants, row)
	}
	return nil
}

// stockWhere reads the levels in the shop of the variants v that a condition
// names.
func (r Reader) stockWhere(ctx context.Context, condition string, args ...any) (map[shop.VariantID]shop.StockLevel, error) {
	var rows []shop.StockLevel
	err := r.raw(ctx, &rows, `SELECT l.* FROM variants v JOIN stock_levels l ON l.variant_id = v.id AND l.place = 'shop'
		WHERE `+condition, args...)
	levels := make(map[shop.VariantID]shop.StockLevel, len(rows))
	for _, row := range rows {
		levels[row.VariantID] = row
	}
	return levels, err
}

func (r Reader) fillImages(ctx context.Context, s shelf) error {
	var rows []shop.ProductImage
	err := r.raw(ctx, &rows, "SELECT * FROM product_images WHERE product_id IN ? ORDER BY product_id, position, id", s.ids)
	if err != nil {
		return err
	}
	return r.hang(ctx, s, rows)
}

// fillFirstImage reads only the image that stands for each product in a list.
func (r Reader) fillFirstImage(ctx context.Context, s shelf) error {
	var rows []shop.ProductImage
	err := r.raw(ctx, &rows, `SELECT id, product_id, position, alt, source_url, picture_id FROM (
			SELECT i.*, row_number() OVER (PARTITION BY product_id ORDER BY position, id) AS place
			FROM product_images i WHERE product_id IN ?) AS placed
		WHERE place = 1`, s.ids)
	if err != nil {
		return err
	}
	return r.hang(ctx, s, rows)
}

// hang gives images their pictures and products their images.
func (r Reader) hang(ctx context.Context, s shelf, images []shop.ProductImage) error {
	var ids []shop.PictureID
	for _, image := range images {
		if image.PictureID != nil {
			ids = append(ids, *image.PictureID)
		}
	}
	pictures, err := r.pictures(ctx, ids)
	for _, image := range images {
		if image.PictureID != nil {
			image.Picture = pictures[*image.PictureID]
		}
		p := s.at[image.ProductID]
		p.Images = append(p.Images, image)
	}
	return err
}

func (r Reader) fillTags(ctx context.Context, s shelf) error {
	var rows []shop.ProductTag
	err := r.raw(ctx, &rows, "SELECT * FROM product_tags WHERE product_id IN ? ORDER BY product_id, tag", s.ids)
	for _, row := range rows {
		p := s.at[row.ProductID]
		p.Tags = append(p.Tags, row)
	}
	return err
}

func (r Reader) fillFields(ctx context.Context, s shelf) error {
	var rows []shop.ProductField
	err := r.raw(ctx, &rows, "SELECT * FROM product_fields WHERE product_id IN ? ORDER BY product_id, name", s.ids)
	if err != nil {
		return err
	}
	for _, row := range rows {
		p := s.at[row.ProductID]
		p.Fields = append(p.Fields, row)
	}
	var fields []shop.VariantField
	err = r.raw(ctx, &fields, `SELECT f.* FROM variants v JOIN variant_fields f ON f.variant_id = v.id
		WHERE v.product_id IN ? ORDER BY f.variant_id, f.name`, s.ids)
	of := map[shop.VariantID][]shop.VariantField{}
	for _, f := range fields {
		of[f.VariantID] = append(of[f.VariantID], f)
	}
	for _, p := range s.at {
		for i := range p.Variants {
			p.Variants[i].Fields = of[p.Variants[i].ID]
		}
	}
	return err
}
