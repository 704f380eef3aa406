package shop

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// AllHandle is the handle of the collection of everything, which is not made
// by hand.
const AllHandle = "all"

// MaxCollectionText is how many bytes a collection's description may have.
const MaxCollectionText = 64 << 10

// Path is the address of a collection's page.
func (c *Collection) Path() string { return "/collections/" + c.Handle }

// Tidy brings what was typed of a collection into the form in which it is
// stored: spaces of the title made even, an empty handle made of the title.
// What is not right is KindInvalid, by field: title, handle, description, sort.
func (c *Collection) Tidy() error {
	fields := map[string]string{}
	c.Title = strings.Join(strings.Fields(c.Title), " ")
	if c.Handle = strings.TrimSpace(c.Handle); c.Handle == "" {
		c.Handle = MakeHandle(c.Title)
	}
	if c.Title == "" || utf8.RuneCountInString(c.Title) > 255 || strings.ContainsFunc(c.Title, unicode.IsControl) {
		fields["title"] = "A title has 1 to 255 characters."
	}
	switch {
	case c.Handle == "" && fields["title"] == "":
		fields["handle"] = "This title gives no address. Write one of small letters, digits and hyphens."
	case c.Handle != MakeHandle(c.Handle):
		fields["handle"] = `An address is of small letters, digits and single hyphens, such as "road-shoes".`
	case c.Handle == AllHandle:
		fields["handle"] = `"all" is the address of all products. Choose another.`
	}
	if len(c.Description) > MaxCollectionText {
		fields["description"] = "This text is too long."
	}
	if !slices.Contains(SortOrders(), c.SortOrder) {
		fields["sort"] = "Choose one of these orders."
	}
	if len(fields) == 0 {
		return nil
	}
	e := Invalid("Something is missing or not right. Nothing was saved.")
	e.Fields = fields
	return e
}

// Rearrange gives a list in which each thing that is named stands at the
// place wanted for it, counted from 1, and the others keep their order in the
// places left. A place beyond the end is the end; of two at one place the one
// that stood first comes first. Things that are not in the list are ignored.
func Rearrange[T comparable](list []T, wanted map[T]int) []T {
	rest, moved := make([]T, 0, len(list)), []T(nil)
	for _, thing := range list {
		if _, moves := wanted[thing]; moves {
			moved = append(moved, thing)
		} else {
			rest = append(rest, thing)
		}
	}
	slices.SortStableFunc(moved, func(a, b T) int { return cmp.Compare(wanted[a], wanted[b]) })
	for _, thing := range moved {
		rest = slices.Insert(rest, min(max(wanted[thing]-1, 0), len(rest)), thing)
	}
	return rest
}
