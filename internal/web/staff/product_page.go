package staff

import (
	"slices"
	"strings"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// ProductPage is a product with everything on it, in one form.
type ProductPage struct {
	Page
	New        bool
	ID         shop.ProductID
	Version    int64
	Key        string // names this form
	Base       string // the form as it was shown first
	Action     string // where it leads
	MayEdit    bool
	MayCount   bool
	MayDrop    bool
	Typed      typed
	Words      ProductWords
	Zone       string
	Storefront string // the product's address there, "" while nobody can see it
	Host       string // of the shop, for the preview of a search result
	Changed    shop.Instant
	Images     []ImageLine
	Sheets     []Sheet
	Removable  []Field           // a box for each variant
	Hidden     map[string]string // what the tables are of
	Files      int               // pictures that came with the form, which no browser sends again by itself
	Options    []Field
	Family     []web.MenuItem // the other colours
	Problems   []Problem      // what is wrong, by field, in the order of the page
	Warnings   []string       // what is unlikely to be meant
	Sure       string         // names the warnings
	Clash      *ClashNotes
	Preview    []PasteChange // what a paste would change
	Pasted     string        // of which sheet
	Entries    []AuditLine
	waits      map[shop.VariantID]int // how many people wait for a size
	was        map[string]string      // by field, what stands there before a paste
}

// ProductWords are what fields suggest.
type ProductWords struct{ Vendors, Types, Tags, Families []string }

// Problem is a field with what is wrong with it.
type Problem struct{ ID, Label, Text string }

// ImageLine is an image of the product with its fields.
type ImageLine struct {
	URL                   string
	Width, Height         int
	Name                  string
	Alt, Position, Remove Field
}

// Choice is one of a select's options.
type Choice struct{ Value, Title string }

// Field is an input with all that belongs to it.
type Field struct {
	Name, ID, Label, Value string
	Bad                    string // what is wrong, "" for nothing
	Note                   string
	List                   string // id of the list that it suggests
	Mode                   string // of the keyboard on a phone
	Was                    string // before a paste, "" where nothing changed
	Choices                []Choice
	Off                    bool
	Focus                  bool
}

// Ticked says whether a box is ticked.
func (f Field) Ticked() bool { return f.Value == yes }

// Described is the id of the sentence that belongs to the field, "" for none.
func (f Field) Described() string {
	switch {
	case f.Bad != "":
		return f.ID + "-bad"
	case f.Note != "":
		return f.ID + "-note"
	}
	return ""
}

// choices are the values of fields that know theirs.
var choices = map[string][]Choice{
	"status":      {{"active", "Active"}, {"draft", "Draft"}, {"archived", "Archived"}},
	"gender":      {{"", "–"}, {"men", "Men"}, {"women", "Women"}, {"unisex", "Unisex"}},
	"surface":     {{"", "–"}, {"road", "Road"}, {"trail", "Trail"}, {"track", "Track"}},
	"support":     {{"", "–"}, {"neutral", "Neutral"}, {"stability", "Stability"}},
	"cushioning":  {{"", "–"}, {"firm", "Firm"}, {"balanced", "Balanced"}, {"soft", "Soft"}},
	"all.taxable": {{"", "as they are"}, {"yes", "Yes"}, {"no", "No"}}, "all.shipping": {{"", "as they are"}, {"yes", "Yes"}, {"no", "No"}},
	"all.tracked": {{"", "as they are"}, {"yes", "Yes"}, {"no", "No"}},
	"all.policy":  {{"", "as they are"}, {string(shop.PolicyDeny), "Stop selling"}, {string(shop.PolicyContinue), "Go on selling"}},
}

func idOf(name string) string { return "f-" + strings.ReplaceAll(name, ".", "-") }

// F is a field by its name.
func (p *ProductPage) F(name, label string) Field {
	return Field{Name: name, ID: idOf(name), Label: label, Value: p.Typed[name], Bad: p.Fields[name], Was: p.was[name], Choices: p.choices(name)}
}

// With is a field with a note.
func (p *ProductPage) With(name, label, note string) Field {
	f := p.F(name, label)
	f.Note = note
	return f
}

// First is the field in which the page begins.
func (p *ProductPage) First(name, label string) Field {
	f := p.F(name, label)
	f.Focus = p.New && len(p.Fields) == 0
	return f
}

// Suggest is a field with the list of a name.
func (p *ProductPage) Suggest(name, label, list string) Field {
	f := p.F(name, label)
	f.List = list
	return f
}

// Number is a field for digits.
func (p *ProductPage) Number(name, label string) Field {
	f := p.F(name, label)
	f.Mode = "decimal"
	return f
}

// choices are a field's, with the value that it has.
func (p *ProductPage) choices(name string) []Choice {
	list := choices[name]
	if list == nil {
		return nil
	}
	value := p.Typed[name]
	if name == "status" && !p.MayDrop && value != string(shop.ProductArchived) {
		list = list[:2]
	}
	if !slices.ContainsFunc(list, func(c Choice) bool { return c.Value == value }) {
		list = append(slices.Clone(list), Choice{value, value})
	}
	if strings.HasPrefix(name, "all.") && value != "" {
		list = slices.DeleteFunc(slices.Clone(list), func(c Choice) bool { return c.Value == "" })
	}
	return list
}

// SearchTitle and SearchText are what a search engine is told.
func (p *ProductPage) SearchTitle() string { return orElse(p.Typed["seo_title"], p.Typed["title"]) }

// SearchText is the text below it.
func (p *ProductPage) SearchText() string {
	return orElse(p.Typed["seo_text"], "The first 160 characters of the description stand here.")
}

func orElse(text, other string) string {
	if strings.TrimSpace(text) == "" {
		return other
	}
	return text
}
