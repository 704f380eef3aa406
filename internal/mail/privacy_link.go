package mail

// PrivacyLink is what the mail of kind shop.MailPrivacyLink says.
type PrivacyLink struct {
	ShopName    string
	URL         string // of the page that shows what is held
	Until       string // when the link runs out, as shoppers read it
	ShopEmail   string
	ShopAddress []string
}
