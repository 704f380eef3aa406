package settings_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/settings"
	"longrun/internal/shop"
)

func TestWhoIsToldOfWhatIsSavedWholeOrNotAtAll(t *testing.T) {
	twenty := make([]string, 21)
	for i := range twenty {
		twenty[i] = fmt.Sprintf("p%d@shop.example", i)
	}
	tests := []struct {
		name  string
		typed settings.Alarms
		field string
	}{
		{"two people, two causes", settings.Alarms{To: []string{" Ada@shop.example ", "", "bea@shop.example"}, On: []shop.AlarmKind{shop.AlarmMail, shop.AlarmVerify}}, ""},
		{"nobody", settings.Alarms{}, ""},
		{"no address", settings.Alarms{To: []string{"ada"}}, "alarm_mail_to"},
		{"a header", settings.Alarms{To: []string{"a@b.example\r\nBcc: c@d.example"}}, "alarm_mail_to"},
		{"a name with it", settings.Alarms{To: []string{"Ada <a@b.example>"}}, "alarm_mail_to"},
		{"somebody twice", settings.Alarms{To: []string{"a@b.example", "A@b.example"}}, "alarm_mail_to"},
		{"too many", settings.Alarms{To: twenty}, "alarm_mail_to"},
		{"a cause nobody knows", settings.Alarms{On: []shop.AlarmKind{"earthquake"}}, "alarms"},
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		service := settings.New(db, false)
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				before, err := service.Show(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				err = service.SetAlarms(t.Context(), tt.typed, "staff:1")
				after, _ := service.Show(t.Context())
				var refused *shop.Error
				if tt.field == "" && (err != nil || after.Version != before.Version+1 || len(after.Alarms) != len(shop.AlarmKinds())) {
					t.Errorf("%v, version %d", err, after.Version)
				}
				if tt.field != "" && (!errors.As(err, &refused) || refused.Fields[tt.field] == "" || after.Version != before.Version) {
					t.Errorf("%v, version %d", err, after.Version)
				}
				for _, a := range after.Alarms {
					if want := fmt.Sprint(tt.typed.On); tt.field == "" && a.On != strings.Contains(want, string(a.Code)) {
						t.Errorf("%+v", a)
					}
				}
				if err := service.SetAlarms(t.Context(), tt.typed, "staff:1"); tt.field == "" && err != nil {
					t.Error(err)
				}
				if again, _ := service.Show(t.Context()); again.Version != after.Version {
					t.Error("the same again makes a new version")
				}
			})
		}
	})
}

func TestAlarmsAreSetFromTheCommandLineToo(t *testing.T) {
	db := databasetest.Open(t, database.SQLite)
	service := settings.New(db, false)
	for path, value := range map[string]string{"alarm_mail_to": "ada@shop.example, bea@shop.example", "alarms.dead_job.on": "false"} {
		if _, err := service.Set(t.Context(), path, value, shop.ByCommand); err != nil {
			t.Fatal(err)
		}
	}
	s, err := service.Show(t.Context())
	if err != nil || !s.Tells(shop.AlarmMail) || s.Tells(shop.AlarmDeadJob) || len(s.AlarmMailTo) != 2 {
		t.Errorf("%+v %v", s, err)
	}
	for path, value := range map[string]string{"alarm_mail_to": "ada", "alarms.dead_job.code": "new_order", "alarms.earthquake.on": "true"} {
		if _, err := service.Set(t.Context(), path, value, shop.ByCommand); shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%s = %s: %v", path, value, err)
		}
	}
}
