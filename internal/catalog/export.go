package catalog

import (
	"context"
	"io"

	"longrun/internal/formats"
	"longrun/internal/media"
	"longrun/internal/shop"
)

// exportBatch is how many products an export holds at a time.
const exportBatch = 50

// ExportOptions say how to export.
type ExportOptions struct {
	BaseURL  string         // where our pictures are served, without a slash at its end
	Progress func(done int) // products, called now and then; may be nil
}

// Export writes all products, drafts too, as a product file in the order in
// which they were made, and returns how many. Importing the file again
// changes nothing. Products made or changed meanwhile may or may not be in it.
func (c *Catalog) Export(ctx context.Context, w io.Writer, o ExportOptions) (int, error) {
	ofProducts, ofVariants, err := c.db.FieldNames(ctx)
	if err != nil {
		return 0, err
	}
	file, err := formats.NewProductWriter(w, append(ofProducts, ofVariants...), func(image shop.ProductImage) string {
		return sourceOf(image, o.BaseURL)
	})
	if err != nil {
		return 0, err
	}
	done, last := 0, shop.ProductID(0)
	for {
		products, err := c.db.ProductsAfter(ctx, last, exportBatch)
		if err != nil || len(products) == 0 {
			return done, orFlush(err, file)
		}
		for _, p := range products {
			if err := file.Write(p); err != nil {
				return done, err
			}
			last = p.ID
			done++
		}
		if o.Progress != nil {
			o.Progress(done)
		}
	}
}

func orFlush(err error, file *formats.ProductWriter) error {
	if err != nil {
		return err
	}
	return file.Flush()
}

// sourceOf is where an image came from, or where we serve it.
func sourceOf(image shop.ProductImage, base string) string {
	if image.SourceURL != "" || image.Picture == nil {
		return image.SourceURL
	}
	renditions := media.Renditions(*image.Picture)
	return base + renditions[len(renditions)-1].Path
}
