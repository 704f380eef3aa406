package staff

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"longrun/internal/shop"
)

// SettingsForm is the settings as they are typed. Its fields are sent under
// the names that the settings have in their document.
type SettingsForm struct {
	Version          string // of the settings it was shown with
	ShopName         string
	ShopAddress      string
	ShopEmail        string
	ShopPhone        string
	ShopHours        string
	TimeZone         string
	TaxOffReason     string
	FreeShippingOver string
	ReturnDays       string
	RatePerMinute    string
	LowStockAt       string
	TaxYears         string
	Zones            []ZoneForm
	New              ZoneForm
}

// ZoneForm is a zone as it is typed; without a code it is the new one.
type ZoneForm struct {
	Code         string
	Name         string
	Country      string
	States       string
	Rate         string
	On           bool
	FreeShipping bool
	FreeReturns  bool
	Remove       bool
}

// Field is the name of one of the zone's inputs.
func (z ZoneForm) Field(name string) string {
	if z.Code == "" {
		return "new." + name
	}
	return shop.ZoneField(z.Code, name)
}

// FormField is one field of a form, to be sent again.
type FormField struct{ Name, Value string }

// formOf is wanted settings as a form about those in force. A zone that is
// wanted no more stays, marked to be removed.
func formOf(now, wanted *shop.Settings) SettingsForm {
	f := SettingsForm{
		Version: fmt.Sprint(now.Version), ShopName: wanted.ShopName, ShopAddress: wanted.ShopAddress, ShopEmail: wanted.ShopEmail,
		ShopPhone: wanted.ShopPhone, ShopHours: wanted.ShopHours, TimeZone: wanted.TimeZone, TaxOffReason: wanted.TaxOffReason,
		FreeShippingOver: wanted.FreeShippingOver.Decimal(), ReturnDays: strconv.Itoa(wanted.ReturnDays), RatePerMinute: strconv.Itoa(wanted.RatePerMinute),
		LowStockAt: strconv.Itoa(wanted.LowStockAt), TaxYears: strconv.Itoa(wanted.TaxYears),
		New: ZoneForm{FreeShipping: true, FreeReturns: true},
	}
	for i := range now.Zones {
		f.Zones = append(f.Zones, zoneFormOf(&now.Zones[i], wanted.Zones))
	}
	return f
}

func zoneFormOf(now *shop.Zone, wanted []shop.Zone) ZoneForm {
	z, remove := now, true
	for i := range wanted {
		if wanted[i].Code == now.Code {
			z, remove = &wanted[i], false
		}
	}
	return ZoneForm{
		Code: z.Code, Name: z.Name, Country: z.Country, States: strings.Join(z.States, " "), Rate: z.Rate.Decimal(),
		On: z.On, FreeShipping: z.FreeShipping, FreeReturns: z.FreeReturns, Remove: remove,
	}
}

// texts are the fields that are typed, by name.
func (f *SettingsForm) texts() map[string]*string {
	return map[string]*string{
		"shop_name": &f.ShopName, "shop_address": &f.ShopAddress, "shop_email": &f.ShopEmail, "shop_phone": &f.ShopPhone,
		"shop_hours": &f.ShopHours, "time_zone": &f.TimeZone, "tax_off_reason": &f.TaxOffReason, "free_shipping_over": &f.FreeShippingOver,
		"return_days": &f.ReturnDays, "rate_per_minute": &f.RatePerMinute, "low_stock_at": &f.LowStockAt, "tax_years": &f.TaxYears,
	}
}

func (z *ZoneForm) texts() map[string]*string {
	return map[string]*string{"name": &z.Name, "country": &z.Country, "states": &z.States, "rate": &z.Rate}
}

func (z *ZoneForm) boxes() map[string]*bool {
	return map[string]*bool{"on": &z.On, "free_shipping": &z.FreeShipping, "free_returns": &z.FreeReturns, "remove": &z.Remove}
}

// lay puts what was sent over the form. What it does not have a field for is
// left alone, and so is a field that was not sent; of a zone that was, boxes
// that were not are off.
func (f *SettingsForm) lay(sent url.Values) {
	for name, field := range f.texts() {
		layText(field, sent, name)
	}
	for i := range f.Zones {
		f.Zones[i].lay(sent)
	}
	f.New.lay(sent)
}

func (z *ZoneForm) lay(sent url.Values) {
	if !sent.Has(z.Field("name")) {
		return
	}
	for name, field := range z.texts() {
		layText(field, sent, z.Field(name))
	}
	for name, field := range z.boxes() {
		*field = sent.Has(z.Field(name))
	}
}

func layText(field *string, sent url.Values, name string) {
	if sent.Has(name) {
		*field = sent.Get(name)
	}
}

// Sent are the fields as a browser would send them.
func (f *SettingsForm) Sent() []FormField {
	list := []FormField{{"version", f.Version}}
	texts := f.texts()
	for _, name := range settingNames {
		list = append(list, FormField{name, *texts[name]})
	}
	for i := range f.Zones {
		list = f.Zones[i].sent(list)
	}
	if !f.New.blank() {
		list = f.New.sent(list)
	}
	return list
}

// settingNames and zoneNames are the fields in the order of the page.
var (
	settingNames = []string{"shop_name", "shop_address", "shop_email", "shop_phone", "shop_hours", "time_zone", "tax_off_reason", "free_shipping_over", "return_days", "rate_per_minute", "low_stock_at", "tax_years"}
	zoneTexts    = []string{"name", "country", "states", "rate"}
	zoneBoxes    = []string{"on", "free_shipping", "free_returns", "remove"}
)

func (z *ZoneForm) sent(list []FormField) []FormField {
	texts, boxes := z.texts(), z.boxes()
	for _, name := range zoneTexts {
		list = append(list, FormField{z.Field(name), *texts[name]})
	}
	for _, name := range zoneBoxes {
		if *boxes[name] {
			list = append(list, FormField{z.Field(name), "1"})
		}
	}
	return list
}

// blank says whether nothing was typed for a new zone.
func (z *ZoneForm) blank() bool {
	return strings.TrimSpace(z.Name+z.Country+z.States+z.Rate) == ""
}
