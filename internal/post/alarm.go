package post

import (
	"context"

	"longrun/internal/mail"
	"longrun/internal/shop"
)

// mostAlarms is how many alarms one mail lists, and mostNew how many orders
// one counts.
const mostAlarms, mostNew = 20, 1000

// staffAlarm lists what is open of the cause when the mail is written.
func (o *Outbox) staffAlarm(ctx context.Context, id shop.AlarmID) (*mail.StaffAlarm, error) {
	cause, err := o.db.Alarm(ctx, id)
	if err != nil {
		return nil, err
	}
	settings, err := o.db.Settings(ctx)
	if err != nil {
		return nil, err
	}
	open, err := o.db.OpenAlarmsOf(ctx, cause.Kind, mostAlarms+1)
	if err != nil {
		return nil, err
	}
	data := &mail.StaffAlarm{
		ShopName: settings.ShopName, Cause: cause.Kind.Title(), URL: o.baseURL + "/staff/system/alarms",
		ShopEmail: settings.ShopEmail, ShopAddress: addressLines(settings), More: len(open) > mostAlarms,
	}
	for _, a := range open[:min(len(open), mostAlarms)] {
		line := mail.AlarmLine{Message: a.Message, Times: a.Times, Last: a.LastAt.In(settings.Location()).Format("January 2, 15:04 MST")}
		if a.URL != "" {
			line.URL = o.baseURL + a.URL
		}
		data.Lines = append(data.Lines, line)
	}
	return data, nil
}

// staffNewOrder says how many orders came since the last mail of this kind to
// the same address, or in the day before this one, where that was longer ago.
func (o *Outbox) staffNewOrder(ctx context.Context, row shop.Mail) (*mail.StaffNewOrder, error) {
	settings, err := o.db.Settings(ctx)
	if err != nil {
		return nil, err
	}
	since, known, err := o.db.MailBefore(ctx, row)
	if err != nil {
		return nil, err
	}
	if day := row.CreatedAt.AddDate(0, 0, -1); !known || since.Time.Before(day) {
		since = shop.At(day)
	}
	n, err := o.db.OrdersSince(ctx, since, row.CreatedAt, mostNew+1)
	if err != nil {
		return nil, err
	}
	return &mail.StaffNewOrder{
		ShopName: settings.ShopName, Orders: min(n, mostNew), More: n > mostNew, URL: o.baseURL + "/staff",
		Since:     since.In(settings.Location()).Format("January 2, 15:04 MST"),
		ShopEmail: settings.ShopEmail, ShopAddress: addressLines(settings),
	}, nil
}
