package catalog

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"longrun/internal/formats"
	"longrun/internal/shop"
)

// images takes the pictures of all rows, then those that only a variant
// names, which join the product's at the end.
func (d *draft) images(rows []formats.ProductRow) {
	for _, row := range rows {
		if source, ok := d.source(row, formats.ImageSrc); ok {
			d.image(row, source)
		}
	}
	for _, row := range rows {
		if source, ok := d.source(row, formats.VariantImage); ok && d.imageOf(source) == nil {
			d.addImage(source)
		}
	}
}

func (d *draft) image(row formats.ProductRow, source string) {
	image := d.imageOf(source)
	if image == nil {
		image = d.addImage(source)
	}
	d.text(row, formats.ImageAlt, &image.Alt)
	if text := row.Text(formats.ImagePosition); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 || n > 100_000 {
			d.fault(row.Line, "%s is %q, not a place such as 1", formats.ImagePosition, text)
			return
		}
		image.Position = n
	}
}

// source is the address in a column. Addresses without a scheme, as themes
// write them, are taken for https.
func (d *draft) source(row formats.ProductRow, c formats.Column) (string, bool) {
	text := row.Text(c)
	if text == "" {
		return "", false
	}
	if strings.HasPrefix(text, "//") {
		text = "https:" + text
	}
	address, err := url.Parse(text)
	if err != nil || address.Scheme != "http" && address.Scheme != "https" || address.Host == "" || address.User != nil ||
		len(text) > 2_048 {
		d.fault(row.Line, "%s is %q, not the address of a picture on the web", c, text)
		return "", false
	}
	return text, true
}

var keptAddress = regexp.MustCompile(`/media/([0-9a-f]{64})[.-]`)

// imageOf is the product's image with an address: the one it was imported
// from or, as exports write those without any, the one we serve it under.
func (d *draft) imageOf(source string) *shop.ProductImage {
	digest := ""
	if m := keptAddress.FindStringSubmatch(source); m != nil {
		digest = m[1]
	}
	for i := range d.after.Images {
		image := &d.after.Images[i]
		if image.SourceURL == source || digest != "" && image.Picture != nil && image.Picture.Digest == digest {
			return image
		}
	}
	return nil
}

func (d *draft) addImage(source string) *shop.ProductImage {
	last := 0
	for _, image := range d.after.Images {
		last = max(last, image.Position)
	}
	d.after.Images = append(d.after.Images, shop.ProductImage{
		ProductID: d.after.ID, SourceURL: source, Position: last + 1,
	})
	return &d.after.Images[len(d.after.Images)-1]
}
