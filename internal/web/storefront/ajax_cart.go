package storefront

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/cart"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// The shapes of Shopify's Ajax API, with its field names. Money is in cents.

// cartJSON is GET /cart.js.
type cartJSON struct {
	Token                string             `json:"token"`
	Note                 string             `json:"note"`
	Attributes           map[string]string  `json:"attributes"`
	OriginalTotalPrice   shop.Cents         `json:"original_total_price"`
	TotalPrice           shop.Cents         `json:"total_price"`
	TotalDiscount        shop.Cents         `json:"total_discount"`
	TotalWeight          int64              `json:"total_weight"` // grams
	ItemCount            int                `json:"item_count"`
	Items                []lineJSON         `json:"items"`
	RequiresShipping     bool               `json:"requires_shipping"`
	Currency             string             `json:"currency"`
	ItemsSubtotalPrice   shop.Cents         `json:"items_subtotal_price"`
	DiscountApplications []applicationJSON  `json:"cart_level_discount_applications"`
	DiscountCodes        []codeJSON         `json:"discount_codes"`
	Sections             map[string]*string `json:"sections,omitempty"`
}

// addedJSON answers an add of items.
type addedJSON struct {
	Items    []lineJSON         `json:"items"`
	Sections map[string]*string `json:"sections,omitempty"`
}

// addedLineJSON answers an add of one thing: the line itself.
type addedLineJSON struct {
	lineJSON
	Sections map[string]*string `json:"sections,omitempty"`
}

// publicToken is what programs see as the bag's token. It is never empty,
// since libraries take an answer for a cart only then. It stays the same while
// the bag does and does not open it, as the cookie's own token would; a
// visitor without a bag gets another with each answer, and no cookie.
func publicToken(token string) string {
	if token == "" {
		token = rand.Text()
	}
	sum := sha256.Sum256([]byte("cart.js\x00" + token))
	return hex.EncodeToString(sum[:16])
}

// ajaxCart is GET /cart.js and /cart.json. What the query says is ignored:
// libraries put random numbers there.
func (s *Storefront) ajaxCart(c echo.Context) error {
	return s.answerCart(c, s.kit.BagToken(c), nil)
}

func (s *Storefront) answerCart(c echo.Context, token string, sections names) error {
	bag, err := s.cart.View(c.Request().Context(), token)
	if err != nil {
		return err
	}
	answer := s.cartJSON(&bag, token)
	answer.Sections = sections.none()
	return web.JSON(c, http.StatusOK, answer)
}

func (s *Storefront) cartJSON(bag *shop.Bag, token string) cartJSON {
	if bag.Cart.ID == 0 {
		token = ""
	}
	q := bag.Quote
	answer := cartJSON{
		Token: publicToken(token), Note: bag.Cart.Note, Attributes: map[string]string{},
		OriginalTotalPrice: q.Subtotal, TotalPrice: q.Subtotal - q.Discount, TotalDiscount: q.Discount,
		ItemCount: bag.Count(), Items: []lineJSON{}, RequiresShipping: q.Ships,
		Currency: currencyCode(bag.Settings), ItemsSubtotalPrice: q.Subtotal,
		DiscountApplications: []applicationJSON{}, DiscountCodes: codesJSON(bag),
	}
	switch {
	case q.Discount == 0:
	case bag.Code.Products == nil: // it is for the whole cart
		answer.DiscountApplications = append(answer.DiscountApplications, application(bag))
	default:
		answer.ItemsSubtotalPrice -= q.Discount
	}
	for _, a := range bag.Cart.Attributes {
		answer.Attributes[a.Name] = a.Value
	}
	for i := range bag.Lines {
		l := &bag.Lines[i]
		answer.TotalWeight += l.Variant.Grams * int64(l.Line.Quantity)
		answer.Items = append(answer.Items, s.lineJSON(bag, l))
	}
	return answer
}

// answerAdd answers a program that put things in.
func (s *Storefront) answerAdd(c echo.Context, b *addBody, added cart.Added, err error) error {
	if err != nil {
		return refuseJSON(c, err)
	}
	bag, err := s.cart.View(c.Request().Context(), added.Token)
	if err != nil {
		return err
	}
	byKey := map[string]*shop.BagLine{}
	for i := range bag.Lines {
		byKey[bag.Lines[i].Line.Key()] = &bag.Lines[i]
	}
	lines := []lineJSON{}
	for _, key := range added.Keys {
		if l := byKey[key]; l != nil { // another window may have taken it out again
			lines = append(lines, s.lineJSON(&bag, l))
		}
	}
	if b.single() && len(lines) == 1 {
		return web.JSON(c, http.StatusOK, addedLineJSON{lines[0], b.Sections.none()})
	}
	return web.JSON(c, http.StatusOK, addedJSON{lines, b.Sections.none()})
}
