package shop

// ReturnReason is why a piece comes back, in the words of people who buy
// running shoes; "too_small.half" is a reason and its closer word.
type ReturnReason string

// ReasonGroup is a reason with its closer words, of which one is chosen.
type ReasonGroup struct {
	Title   string
	Reasons []Choice
}

// ReturnReasons are all reasons, in the order of a form.
func ReturnReasons() []ReasonGroup {
	return []ReasonGroup{
		{"Too small", []Choice{{"too_small.half", "about half a size"}, {"too_small.full", "a whole size or more"}, {"too_small.toes", "not enough room for the toes"}}},
		{"Too large", []Choice{{"too_large.half", "about half a size"}, {"too_large.full", "a whole size or more"}, {"too_large.heel", "the heel slips"}}},
		{"Width", []Choice{{"width.narrow", "too narrow"}, {"width.wide", "too wide"}}},
		{"Comfort", []Choice{{"comfort.hard", "too hard"}, {"comfort.soft", "too soft"}, {"comfort.rubs", "it rubs or presses"}}},
		{"Not as expected", []Choice{{"expected.looks", "it looks different"}, {"expected.mind", "I changed my mind"}, {"expected.two", "I ordered two sizes to choose from"}}},
		{"Something is wrong", []Choice{{"wrong.faulty", "it is faulty"}, {"wrong.item", "it is not what I ordered"}, {"wrong.late", "it arrived too late"}}},
		{"Another reason", []Choice{{"other.other", "I write it below"}}},
	}
}

// ReasonOtherwise is the reason that wants a comment.
const ReasonOtherwise ReturnReason = "other.other"

// Known says whether it is one of ReturnReasons.
func (r ReturnReason) Known() bool { return r.Title() != "" }

// Title is the reason in words: "Too small: about half a size".
func (r ReturnReason) Title() string {
	for _, g := range ReturnReasons() {
		for _, c := range g.Reasons {
			if c.Value == string(r) {
				return g.Title + ": " + c.Title
			}
		}
	}
	return ""
}

// ShopsFault says that the shop or the maker is to blame, so that the shipping
// that was paid goes back too.
func (r ReturnReason) ShopsFault() bool {
	return r == "wrong.faulty" || r == "wrong.item" || r == "wrong.late"
}

// Length is what the reason says of a shoe's length: −1 it is too small, 1 it
// is too large, 0 nothing.
func (r ReturnReason) Length() int {
	switch r {
	case "too_small.half", "too_small.full", "too_small.toes":
		return -1
	case "too_large.half", "too_large.full", "too_large.heel":
		return 1
	}
	return 0
}

// Width is what the reason says of a shoe's width: −1 it is too narrow, 1 it
// is too wide, 0 nothing.
func (r ReturnReason) Width() int {
	switch r {
	case "width.narrow":
		return -1
	case "width.wide":
		return 1
	}
	return 0
}
