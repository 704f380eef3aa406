package media

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif" // the first picture of an animation
	"image/jpeg"
	"image/png"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"

	"longrun/internal/shop"
)

// Limits of an original.
const (
	MaxBytes  = 20 << 20
	MaxPixels = 50_000_000
	maxSide   = 20_000
	jpegGood  = 85
)

// Put checks an original by its content (JPEG, PNG, GIF or WebP, whatever its
// name says), decodes it, and stores it encoded anew in several widths, the
// widest at most 1920. The original itself, and anything that hides in it, is
// not kept. What is no picture is KindInvalid; one of too many bytes or pixels
// KindTooLarge, before any of it is decoded.
func (s *Store) Put(original []byte) (Kept, error) {
	if len(original) > MaxBytes {
		return Kept{}, shop.Errorf(shop.KindTooLarge, "the picture has more than %d MB", MaxBytes>>20)
	}
	config, _, err := image.DecodeConfig(bytes.NewReader(original))
	if err != nil {
		return Kept{}, notAPicture(err)
	}
	if config.Width < 1 || config.Height < 1 {
		return Kept{}, notAPicture(fmt.Errorf("%d × %d pixels", config.Width, config.Height))
	}
	if config.Width > maxSide || config.Height > maxSide || config.Width*config.Height > MaxPixels {
		return Kept{}, shop.Errorf(shop.KindTooLarge, "the picture has %d × %d pixels, more than the shop can take",
			config.Width, config.Height)
	}
	s.turn <- struct{}{}
	defer func() { <-s.turn }()
	picture, _, err := image.Decode(bytes.NewReader(original))
	if err != nil {
		return Kept{}, notAPicture(err)
	}
	return s.keep(picture, orientation(original))
}

func notAPicture(err error) error {
	e := shop.Invalid("the file is not a picture in JPEG, PNG, GIF or WebP")
	e.Err = err
	return e
}

// keep stores a picture in its widths, widest first, each made from the one
// before it.
func (s *Store) keep(picture image.Image, turned int) (Kept, error) {
	size := picture.Bounds().Size()
	if turned >= 5 { // lies on its side
		size.X, size.Y = size.Y, size.X
	}
	kept := Kept{MediaType: PNG, Width: min(size.X, widths[len(widths)-1])}
	if o, ok := picture.(interface{ Opaque() bool }); ok && o.Opaque() {
		kept.MediaType = JPEG
	}
	own := widthsOf(kept.Width)
	var last image.Image
	for i := len(own) - 1; i >= 0; i-- {
		height := max(1, own[i]*size.Y/size.X)
		if i == len(own)-1 {
			kept.Height = height
			last = upright(picture, turned, own[i], height)
		} else {
			last = scale(last, own[i], height)
		}
		content, err := encode(last, kept.MediaType)
		if err != nil {
			return Kept{}, err
		}
		if kept.Digest == "" {
			kept.Digest = digestOf(content)
		}
		if err := s.write(fileName(kept.Digest, own[i], kept.MediaType), content); err != nil {
			return Kept{}, err
		}
	}
	return kept, nil
}

func scale(src image.Image, width, height int) image.Image {
	dst := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(dst, dst.Bounds(), src, src.Bounds(), draw.Src, nil)
	return dst
}

func encode(picture image.Image, mediaType string) ([]byte, error) {
	var b bytes.Buffer
	var err error
	if mediaType == JPEG {
		err = jpeg.Encode(&b, picture, &jpeg.Options{Quality: jpegGood})
	} else {
		err = png.Encode(&b, picture)
	}
	return b.Bytes(), err
}
