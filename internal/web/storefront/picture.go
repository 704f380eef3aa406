package storefront

import (
	"fmt"
	"strings"

	"longrun/internal/media"
	"longrun/internal/shop"
)

// What a picture takes of the window's width, for the browser to choose by.
const (
	sizesCard    = "(min-width: 60rem) 25vw, 50vw"
	sizesProduct = "(min-width: 60rem) 50vw, 100vw"
	sizesSmall   = "6rem"
)

// usualWidth is the rendition for browsers that do not choose.
const usualWidth = 960

// picture is a kept picture ready for a page; the stand-in for nil.
func (s *Storefront) picture(p *shop.Picture, alt, sizes string) Image {
	if p == nil {
		return Image{URL: s.kit.Asset("img/stand-in.svg"), Alt: alt, Width: 1200, Height: 900}
	}
	image := Image{Alt: alt, Width: p.Width, Height: p.Height}
	var set []string
	for _, r := range media.Renditions(*p) {
		set = append(set, fmt.Sprintf("%s %dw", r.Path, r.Width))
		if image.URL == "" || r.Width <= usualWidth {
			image.URL = r.Path
		}
	}
	if len(set) > 1 {
		image.Srcset, image.Sizes = strings.Join(set, ", "), sizes
	}
	return image
}

// firstPicture is the picture that stands for a product.
func (s *Storefront) firstPicture(p *shop.Product, sizes string) Image {
	if len(p.Images) == 0 {
		return s.picture(nil, p.Title, sizes)
	}
	return s.productImage(p, &p.Images[0], sizes)
}

func (s *Storefront) productImage(p *shop.Product, i *shop.ProductImage, sizes string) Image {
	alt := i.Alt
	if alt == "" {
		alt = p.Title
	}
	return s.picture(i.Picture, alt, sizes)
}
