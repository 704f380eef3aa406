package mail

import "longrun/internal/shop"

// WaitConfirm is what the mail of kind shop.MailWaitConfirm says.
type WaitConfirm struct {
	ShopName    string
	What        string // the shoe and its size
	URL         string // where its reader says yes, or never asked
	ShopEmail   string
	ShopAddress []string
}

// BackInStock is what the mail of kind shop.MailBackInStock says.
type BackInStock struct {
	ShopName    string
	What        string // the shoe and its size
	Price       shop.Cents
	ProductURL  string // with the size chosen
	Asked       string // the day on which its reader asked
	LeaveURL    string
	ShopEmail   string
	ShopAddress []string
}
