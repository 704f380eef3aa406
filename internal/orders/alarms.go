package orders

import (
	"fmt"

	"longrun/internal/shop"
)

// lateMoney is the alarm of a payment that no order is waiting for.
func lateMoney(order *shop.Order, s shop.Session, cause string) shop.Alarm {
	return shop.Alarm{
		Kind: shop.AlarmMoney, Key: fmt.Sprint(order.ID), URL: shop.OrderAlarmURL(order.ID),
		Message: fmt.Sprintf("%s came for an order that was over and goes back: %s", s.Total, cause),
	}
}

// failedRefund is the alarm of money that could not be given back.
func failedRefund(r shop.Refund, why string) shop.Alarm {
	return shop.Alarm{
		Kind: shop.AlarmRefundFailed, Key: fmt.Sprint(r.ID), URL: shop.OrderAlarmURL(r.OrderID),
		Message: fmt.Sprintf("The refund of %s could not be given: %s", r.Amount, why),
	}
}
