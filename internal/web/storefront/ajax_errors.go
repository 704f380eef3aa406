package storefront

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/cart"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// cartError is how the cart refuses. Themes show description, and decide by
// status being there at all.
type cartError struct {
	Status      any    `json:"status"`
	Message     string `json:"message"`
	Description string `json:"description"`
}

// refuseJSON answers a program whose change was refused, in the shapes that
// theme libraries know. What is no refusal of the cart's goes on as an error.
func refuseJSON(c echo.Context, err error) error {
	message := shop.MessageOf(err)
	switch kind := shop.KindOf(err); {
	case kind == shop.KindInvalid, kind == shop.KindConflict:
		return web.JSON(c, http.StatusUnprocessableEntity, cartError{http.StatusUnprocessableEntity, "Cart Error", message})
	case kind == shop.KindNotFound:
		return web.JSON(c, http.StatusNotFound, cartError{http.StatusNotFound, "Cart Error", message})
	case kind == shop.KindMalformed && message == cart.NoLine:
		return web.JSON(c, http.StatusBadRequest, cartError{"bad_request", message, message})
	}
	return err
}
