package catalog

import (
	"context"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/media"
	"longrun/internal/shop"
)

// StoreDrawn keeps pictures that the program itself has drawn, as SVG, and
// returns them in the same order. Drawings it has already are kept once.
func (c *Catalog) StoreDrawn(ctx context.Context, drawings ...[]byte) ([]shop.Picture, error) {
	var pictures []shop.Picture
	for _, svg := range drawings {
		kept, err := c.store.PutDrawn(svg)
		if err != nil {
			return nil, err
		}
		pictures = append(pictures, rowOf(kept))
	}
	var rows []shop.Picture
	err := c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		rows = nil
		for _, p := range pictures {
			row, err := tx.KeepPicture(ctx, p)
			if err != nil {
				return err
			}
			rows = append(rows, row)
		}
		return nil
	})
	return rows, err
}

// KeepPicture checks an uploaded or fetched picture, keeps it re-encoded, and
// hangs it into a product's image. What is no picture, or too large, is
// KindInvalid or KindTooLarge.
func (c *Catalog) KeepPicture(ctx context.Context, id shop.ImageID, original []byte) error {
	kept, err := c.store.Put(original)
	if err != nil {
		return err
	}
	return c.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		image, err := tx.Image(ctx, id)
		if err != nil {
			return err
		}
		picture, err := tx.KeepPicture(ctx, rowOf(kept))
		if err != nil {
			return err
		}
		if err := tx.SetImagePicture(ctx, id, picture.ID); err != nil {
			return err
		}
		return tx.Changed(ctx, shop.ChangeProduct, fmt.Sprint(image.ProductID))
	})
}

// FetchPicture fetches the picture of an imported image, under guard, and
// keeps it. An image that is gone or has its picture needs nothing. A source
// that will never do is KindInvalid or KindTooLarge; one that may do later,
// KindUnavailable.
func (c *Catalog) FetchPicture(ctx context.Context, id shop.ImageID) error {
	image, err := c.db.Image(ctx, id)
	switch {
	case shop.IsNotFound(err):
		return nil
	case err != nil:
		return err
	case image.PictureID != nil || image.SourceURL == "":
		return nil
	}
	original, err := c.fetcher.Fetch(ctx, image.SourceURL)
	if err != nil {
		return err
	}
	err = c.KeepPicture(ctx, id, original)
	if shop.IsNotFound(err) { // taken away meanwhile
		return nil
	}
	return err
}

func rowOf(kept media.Kept) shop.Picture {
	return shop.Picture{Digest: kept.Digest, MediaType: kept.MediaType, Width: kept.Width, Height: kept.Height}
}
