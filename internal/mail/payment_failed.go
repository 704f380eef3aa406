package mail

import "longrun/internal/shop"

// PaymentFailed is what the mail of kind shop.MailPaymentFailed says.
type PaymentFailed struct {
	ShopName    string
	Order       shop.Order
	OrderURL    string
	ShopEmail   string
	ShopAddress []string
}
