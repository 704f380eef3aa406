package shop

// Redirect leads from an address that was used once to the one that is used
// now, for good (301).
type Redirect struct {
	ID        RedirectID
	Path      string // of the shop, begins with a slash, without a query; unique
	Target    string // a path of the shop, or a whole https address
	CreatedAt Instant
}
