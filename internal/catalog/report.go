package catalog

import "slices"

// Report says what an import did, or would do.
type Report struct {
	File     string   `json:"file_sha256"`
	DryRun   bool     `json:"dry_run"`
	Products Count    `json:"products"`
	Variants Count    `json:"variants"`
	Images   Count    `json:"images"`
	Moved    int      `json:"stock_moved"` // variants whose count this import set
	Kept     int      `json:"stock_kept"`  // variants whose count the same file had set before
	Refused  []Remark `json:"refused"`     // why products were refused, in the order of the lines
	Notes    []Remark `json:"notes"`       // what else is worth knowing
}

func emptyReport(dry bool) Report {
	return Report{DryRun: dry, Refused: []Remark{}, Notes: []Remark{}}
}

// Count is how many things were made, changed, left as they were, or refused.
type Count struct {
	Made    int `json:"made"`
	Changed int `json:"changed"`
	Left    int `json:"left"`
	Refused int `json:"refused"`
}

// Total is how many there were in the file.
func (c Count) Total() int { return c.Made + c.Changed + c.Left + c.Refused }

// Remark is a sentence about a line of a file.
type Remark struct {
	Line    int    `json:"line"`
	Handle  string `json:"handle"`
	Message string `json:"message"`
}

// refuse counts a product as refused, with the reasons.
func (r *Report) refuse(faults ...Remark) {
	r.Products.Refused++
	r.Refused = append(r.Refused, faults...)
}

// add counts what a draft that was not refused does.
func (r *Report) add(d *draft, w work) {
	r.Notes = append(r.Notes, d.notes...)
	r.Kept += d.kept
	switch {
	case d.before == nil:
		r.Products.Made++
	case w.none():
		r.Products.Left++
	default:
		r.Products.Changed++
	}
	r.Variants.Made += len(w.newVariants)
	r.Variants.Changed += len(w.variants)
	r.Variants.Left += len(d.after.Variants) - len(w.newVariants) - len(w.variants)
	r.Images.Made += w.newImages
	r.Images.Changed += len(w.images)
	r.Images.Left += len(d.after.Images) - w.newImages - len(w.images)
	r.Moved += len(w.moves) + len(w.opened)
	for _, i := range w.newVariants {
		if d.after.Variants[i].Tracked {
			r.Moved++
		}
	}
}

func (r *Report) sort() {
	for _, list := range [][]Remark{r.Refused, r.Notes} {
		slices.SortStableFunc(list, func(a, b Remark) int { return a.Line - b.Line })
	}
}
