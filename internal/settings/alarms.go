package settings

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// Alarms are who is told of what, as somebody has typed it.
type Alarms struct {
	To []string         // addresses, "" ignored
	On []shop.AlarmKind // the causes that are told; all others are not
}

// SetAlarms changes who is told of which alarms, all of it or nothing. What
// is so already makes no new version. Errors of KindInvalid say in Fields
// what is wrong with "alarm_mail_to" or "alarms".
func (s *Service) SetAlarms(ctx context.Context, typed Alarms, who string) error {
	to, switches := typed.parsed()
	for _, kind := range typed.On {
		if !slices.Contains(shop.AlarmKinds(), kind) {
			e := shop.Invalid("There is no such cause of alarms.")
			e.Fields = map[string]string{"alarms": e.Message}
			return e
		}
	}
	for range setTries {
		err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error { return setAlarms(ctx, tx, to, switches, who) })
		if !errors.Is(err, shop.ErrExists) {
			return err
		}
	}
	return shop.Conflict("The settings are being changed by many at once. Please try again.")
}

// parsed are the addresses in small letters and every cause, on or off.
func (typed Alarms) parsed() ([]string, []shop.AlarmSwitch) {
	to := []string{}
	for _, address := range typed.To {
		if address = strings.ToLower(strings.TrimSpace(address)); address != "" {
			to = append(to, address)
		}
	}
	switches := shop.AlarmSwitches(nil)
	for i := range switches {
		switches[i].On = slices.Contains(typed.On, switches[i].Code)
	}
	return to, switches
}

func setAlarms(ctx context.Context, tx *database.Tx, to []string, switches []shop.AlarmSwitch, who string) error {
	before, err := tx.Settings(ctx)
	if err != nil {
		return err
	}
	after := before
	after.AlarmMailTo, after.Alarms = to, switches
	if err := after.Check(); err != nil {
		return err
	}
	if slices.Equal(before.AlarmMailTo, to) && slices.Equal(before.Alarms, switches) {
		return nil
	}
	if after, err = tx.AddSettings(ctx, after, who); err != nil {
		return fmt.Errorf("writing the settings: %w", err)
	}
	details, err := json.Marshal(map[string]any{"name": "alarms", "before": alarmLine(before), "after": alarmLine(after)})
	if err != nil {
		return err
	}
	tx.Audit(shop.AuditEntry{
		Who: who, Action: "settings.set", ThingKind: "settings", ThingID: fmt.Sprint(after.Version), Details: string(details),
	})
	return tx.Changed(ctx, shop.ChangeSettings, "")
}

// alarmLine is who is told of what, in one line for the audit log.
func alarmLine(s shop.Settings) string {
	var on []string
	for _, a := range s.Alarms {
		if a.On {
			on = append(on, string(a.Code))
		}
	}
	to := strings.Join(s.AlarmMailTo, ", ")
	if to == "" {
		to = "nobody"
	}
	return to + ": " + strings.Join(on, ", ")
}
