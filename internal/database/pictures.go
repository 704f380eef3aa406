package database

import (
	"context"

	"longrun/internal/shop"
)

func (r Reader) pictures(ctx context.Context, ids []shop.PictureID) (map[shop.PictureID]*shop.Picture, error) {
	found := make(map[shop.PictureID]*shop.Picture, len(ids))
	if len(ids) == 0 {
		return found, nil
	}
	var rows []shop.Picture
	err := r.raw(ctx, &rows, "SELECT * FROM pictures WHERE id IN ?", ids)
	for i := range rows {
		found[rows[i].ID] = &rows[i]
	}
	return found, err
}

// Image is a product's image with its picture, or KindNotFound.
func (r Reader) Image(ctx context.Context, id shop.ImageID) (shop.ProductImage, error) {
	var image shop.ProductImage
	err := r.take(ctx, &image, "There is no such image.", "SELECT * FROM product_images WHERE id = ?", id)
	if err != nil || image.PictureID == nil {
		return image, err
	}
	pictures, err := r.pictures(ctx, []shop.PictureID{*image.PictureID})
	image.Picture = pictures[*image.PictureID]
	return image, err
}

// KeepPicture writes a picture unless one with its digest is kept already,
// and returns the row that is.
func (tx *Tx) KeepPicture(ctx context.Context, p shop.Picture) (shop.Picture, error) {
	p.CreatedAt = tx.now
	isNew, err := tx.insertOnce(ctx, &p)
	if err != nil || isNew {
		return p, err
	}
	var kept shop.Picture
	err = tx.take(ctx, &kept, "There is no such picture.", "SELECT * FROM pictures WHERE digest = ?", p.Digest)
	return kept, err
}

// SetImagePicture hangs a picture into a product's image. An image that is
// gone gives KindNotFound.
func (tx *Tx) SetImagePicture(ctx context.Context, id shop.ImageID, picture shop.PictureID) error {
	n, err := tx.exec(ctx, "UPDATE product_images SET picture_id = ? WHERE id = ?", picture, id)
	if err == nil && n == 0 {
		return shop.NotFound("There is no such image.")
	}
	return err
}
