package mail

import "longrun/internal/shop"

// OrderLink is what the mail of kind shop.MailOrderLink says.
type OrderLink struct {
	ShopName    string
	Order       shop.Order
	OrderURL    string
	Placed      string // the day, as shoppers read it
	ShopEmail   string
	ShopAddress []string
}
