package drawn

// lacing draws the eyelets, and the rows that come over the tongue.
func (v *side) lacing() {
	var holes []pt
	var rows, folds, shades []curve
	for i := range v.laces {
		over, along := v.throat.at(0.2 + 0.73*float64(i)/float64(v.laces-1))
		in := pt{along.y, -along.x}
		eyelet := over.plus(in.times(42)).plus(along.times(-2))
		crest := over.plus(in.times(-4)).plus(along.times(11))
		row := smooth(eyelet, eyelet.to(crest, 0.55).plus(along.times(-3)), crest)
		holes = append(holes, eyelet.plus(in.times(2)))
		rows = append(rows, row)
		shades = append(shades, row.shifted(4, -6))
		folds = append(folds, row.shifted(-5, -2))
	}
	lace, shade := v.Palette.Lace, darker(v.Palette.Lace, 0.22)
	v.strokes(shades, "#0d1226", 21, "opacity='.2'", roundEnds)
	v.dots(holes, 11.5, apart(v.Palette.Overlay, v.Palette.Overlay, 0.36))
	v.strokes(rows, lace, 21, roundEnds)
	v.strokes(folds, shade, 3, roundEnds, faint)
}
