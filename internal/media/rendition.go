package media

import (
	"fmt"

	"longrun/internal/shop"
)

// widths are those in which a photograph is kept, as far as they are below
// its own.
var widths = []int{320, 640, 960, 1280, 1920}

// Rendition is one file of a kept picture.
type Rendition struct {
	Width int    // pixels; of a drawing, its units
	Path  string // in URLs, from /media/ on
}

// Renditions are the files of a kept picture, narrowest first. A drawing has
// one, which fits every width.
func Renditions(p shop.Picture) []Rendition {
	if p.MediaType == SVG {
		return []Rendition{{Width: p.Width, Path: "/media/" + p.Digest + ".svg"}}
	}
	var list []Rendition
	for _, w := range widthsOf(p.Width) {
		list = append(list, Rendition{Width: w, Path: "/media/" + fileName(p.Digest, w, p.MediaType)})
	}
	return list
}

// widthsOf are the widths below a picture's own, and its own.
func widthsOf(own int) []int {
	var list []int
	for _, w := range widths {
		if w < own {
			list = append(list, w)
		}
	}
	return append(list, own)
}

func fileName(digest string, width int, mediaType string) string {
	ext := "jpg"
	if mediaType == PNG {
		ext = "png"
	}
	return fmt.Sprintf("%s-%d.%s", digest, width, ext)
}
