package staff

import (
	"github.com/labstack/echo/v4"

	"longrun/internal/database"
)

// invoice is an order's invoice as its buyer has it.
func (s *Staff) invoice(c echo.Context, _ database.SignedIn) error {
	order, err := s.askedOrder(c)
	if err != nil {
		return err
	}
	return s.invoiceOf(c, &order, orderURL(order.ID))
}
