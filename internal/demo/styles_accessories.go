package demo

import (
	"strings"

	"longrun/internal/demo/drawn"
)

// Accessory is a small thing that the shop sells beside shoes, under its own name.
type Accessory struct {
	Handle  string
	Title   string
	Maker   string // the vendor
	Type    string
	Cents   int64
	Grams   int
	Sizes   []string
	Summary string
	HTML    string
	Tags    []string
	Palette drawn.Palette
	form    form
}

type form int

const (
	crewSocks form = iota
	ankleSocks
	runningCap
)

// Accessories returns the socks and the cap of the demo shop. Each costs less than $25.
func Accessories() []Accessory {
	return []Accessory{
		{
			Handle: "longrun-tempo-crew-socks-chalk", Title: "Tempo Crew Socks – Chalk", Maker: "Longrun", Type: "Socks",
			Cents: 1800, Grams: 70, Sizes: []string{"S", "M", "L"}, form: crewSocks, Palette: chalkSock,
			Tags:    []string{"accessories", "socks", "unisex"},
			Summary: "A crew sock with a held arch and flat toe seams, knitted for the hard day of the week.",
			HTML: `<p>Blisters are made of three things: heat, water and movement. The Tempo Crew takes on all three. The yarn is mostly
recycled nylon, which dries while you wait for a light to change, and five bands hold the arch so that the sock moves with the foot and not on it.</p>
<p>The toe is closed by hand, so the seam lies flat, and the cuff stands just below the calf without leaving a mark. Small fits US men's 5 to 7, medium 7.5 to 10, large 10.5 and up.</p>`,
		},
		{
			Handle: "longrun-easy-ankle-socks-moss", Title: "Easy Ankle Socks – Moss", Maker: "Longrun", Type: "Socks",
			Cents: 1400, Grams: 55, Sizes: []string{"S", "M", "L"}, form: ankleSocks, Palette: mossSock,
			Tags:    []string{"accessories", "socks", "unisex"},
			Summary: "A merino ankle sock for easy miles, warm when wet and quiet about smell.",
			HTML: `<p>A third merino, a little thicker under heel and ball, bare of padding over the instep where laces do the work. It is the sock
that stays in the drawer the shortest time.</p>
<p>The tab at the heel stands up a finger's breadth above the collar of any shoe we sell, so nothing rubs. Wash it cold and it will see a thousand miles.</p>`,
		},
		{
			Handle: "longrun-noon-cap-sand", Title: "Noon Cap – Sand", Maker: "Longrun", Type: "Caps",
			Cents: 2400, Grams: 90, Sizes: []string{"One size"}, form: runningCap, Palette: sandCap,
			Tags:    []string{"accessories", "caps", "unisex"},
			Summary: "A light five-panel running cap with a mesh back, made to be soaked at a tap and worn wet.",
			HTML: `<p>The Noon Cap weighs about as much as a letter. The back is open mesh, the front a single layer that can be wetted at any tap
and dries in a mile, and the peak folds in half to go into a back pocket.</p>
<p>Dark cloth under the peak swallows the glare off a pale road. A cord at the back takes it from small to large, and holds a ponytail.</p>`,
		},
	}
}

// Variants returns the sizes of the accessory with their stock.
func (a Accessory) Variants() []Variant {
	var out []Variant
	for _, size := range a.Sizes {
		code := strings.ToUpper(slug(size))
		sku := "LR-" + strings.ToUpper(strings.ReplaceAll(strings.TrimPrefix(a.Handle, "longrun-"), "-", "")[:8]) + "-" + code
		out = append(out, Variant{Size: size, SKU: sku, Cents: a.Cents, Grams: a.Grams, Stock: 20 + stockOf(sku)})
	}
	return out
}

// Pictures returns the drawings of the accessory. The first is the one for cards.
func (a Accessory) Pictures() []Picture {
	name := func(view string) string { return a.Handle + "-" + view + ".svg" }
	switch a.form {
	case runningCap:
		return []Picture{
			{name("side"), a.Title + ", from the side", func() []byte { return drawn.Cap(a.Palette, drawn.CapSide) }},
			{name("front"), a.Title + ", from the front", func() []byte { return drawn.Cap(a.Palette, drawn.CapFront) }},
		}
	case ankleSocks:
		return a.sockPictures(drawn.Ankle)
	}
	return a.sockPictures(drawn.Crew)
}

func (a Accessory) sockPictures(tall drawn.SockHeight) []Picture {
	return []Picture{
		{a.Handle + "-pair.svg", a.Title + ", a pair", func() []byte { return drawn.Socks(a.Palette, tall, drawn.SockPair) }},
		{a.Handle + "-single.svg", a.Title + ", one sock", func() []byte { return drawn.Socks(a.Palette, tall, drawn.SockSingle) }},
	}
}
