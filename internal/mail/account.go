package mail

// AccountSignIn is what the mail of kind shop.MailAccountSignIn says.
type AccountSignIn struct {
	ShopName    string
	URL         string
	Code        string // six digits with a space in the middle
	Expires     string // until when both are good, as people read it
	Browser     string // that asked, in words; "" where that is not known
	ShopEmail   string
	ShopAddress []string
}

// AccountEmail is what the mail of kind shop.MailAccountEmail says.
type AccountEmail struct {
	ShopName    string
	URL         string
	Expires     string
	ShopEmail   string
	ShopAddress []string
}

// AccountChanged is what the mail of kind shop.MailAccountChanged says.
type AccountChanged struct {
	ShopName    string
	Changed     string // when, as people read it
	ShopEmail   string
	ShopAddress []string
}
