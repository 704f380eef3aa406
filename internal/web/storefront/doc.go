// Package storefront is the shop as shoppers see it: its pages, the bag, the
// way to the payment page and back, and the Ajax API that theme libraries
// call. Each page is one short file; routes.go has all addresses.
package storefront
