package storefront

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"longrun/internal/accounts"
	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// AddressesPage lists the addresses of an account.
type AddressesPage struct {
	web.Page
	Done      string
	Addresses []AddressLine
	Full      bool // no more are kept
}

// AddressLine is an address in the list.
type AddressLine struct {
	shop.AccountAddress
	URL      string // of its page, to which /delete and /default are added
	NotThere bool   // the shop does not ship there now
}

func (s *Storefront) addresses(c echo.Context, in database.AccountIn) error {
	base, err := s.accountPage(c, "Your addresses")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	settings, err := s.reader.Settings(ctx)
	if err != nil {
		return err
	}
	list, err := s.reader.AccountAddresses(ctx, in.Account.ID)
	if err != nil {
		return err
	}
	page := &AddressesPage{Page: base, Done: accountDone[c.QueryParam("done")], Full: len(list) >= shop.MaxAddresses}
	for _, a := range list {
		page.Addresses = append(page.Addresses, AddressLine{a, addressesURL + "/" + url.PathEscape(a.Ref), !a.ShipsTo(settings)})
	}
	return s.kit.Render(c, http.StatusOK, "storefront/account_addresses", page)
}

// AddressPage is the form of an address.
type AddressPage struct {
	web.Page
	Address   shop.AccountAddress // as typed
	Action    string
	Key       string   // of the form that adds one
	Countries []string // to choose from; one alone is not asked
	States    []string // to choose from; none where a state is typed
	Default   bool     // the box is ticked
	Only      bool     // it is the default already, so the box is not shown
	Error     string
	Fields    map[string]string
}

func (s *Storefront) newAddress(c echo.Context, in database.AccountIn) error {
	return s.showAddress(c, AddressPage{Action: addressesURL, Address: shop.AccountAddress{Name: in.Account.Name}}, nil)
}

func (s *Storefront) address(c echo.Context, in database.AccountIn) error {
	a, err := s.reader.AccountAddress(c.Request().Context(), in.Account.ID, c.Param("ref"))
	if err != nil {
		return err
	}
	return s.showAddress(c, AddressPage{Action: addressesURL + "/" + url.PathEscape(a.Ref), Address: a, Only: a.IsDefault}, nil)
}

func (s *Storefront) showAddress(c echo.Context, page AddressPage, refusal error) error {
	title := "Change an address"
	if page.Action == addressesURL {
		title = "A new address"
	}
	var err error
	if page.Page, err = s.accountPage(c, title); err != nil {
		return err
	}
	ctx := c.Request().Context()
	settings, err := s.reader.Settings(ctx)
	if err != nil {
		return err
	}
	page.Countries, page.States = settings.AddressCountries(), settings.AddressStates()
	if page.Action == addressesURL {
		if _, ours := s.reader.FormShown(accounts.AddressForm, page.Address.Ref); !ours {
			now, err := s.reader.Now(ctx)
			if err != nil {
				return err
			}
			page.Address.Ref = s.reader.NewFormKey(accounts.AddressForm, now)
		}
		page.Key = page.Address.Ref
	}
	var status int
	page.Error, page.Fields, status = refused(refusal)
	return s.kit.Render(c, status, "storefront/account_address", &page)
}

// typedAddress is the form as it was sent.
func typedAddress(form url.Values) shop.AccountAddress {
	return shop.AccountAddress{
		Name: form.Get("name"), Line1: form.Get("line1"), Line2: form.Get("line2"), City: form.Get("city"),
		State: form.Get("state"), PostalCode: form.Get("postal_code"), Country: form.Get("country"),
	}
}

func (s *Storefront) addAddress(c echo.Context, in database.AccountIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	a := typedAddress(form)
	a.Ref = form.Get("key")
	err = s.accounts.AddAddress(c.Request().Context(), in, a, form.Has("default"))
	if err != nil && shows(err) {
		return s.showAddress(c, AddressPage{Action: addressesURL, Address: a, Default: form.Has("default")}, err)
	}
	return s.afterAddress(c, "address", err)
}

func (s *Storefront) changeAddress(c echo.Context, in database.AccountIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	a := typedAddress(form)
	a.Ref = c.Param("ref")
	err = s.accounts.ChangeAddress(c.Request().Context(), in, a, form.Has("default"))
	if err != nil && shows(err) {
		return s.showAddress(c, AddressPage{Action: addressesURL + "/" + url.PathEscape(a.Ref), Address: a, Default: form.Has("default")}, err)
	}
	return s.afterAddress(c, "address", err)
}

func (s *Storefront) deleteAddress(c echo.Context, in database.AccountIn) error {
	return s.afterAddress(c, "deleted", s.accounts.DeleteAddress(c.Request().Context(), in, c.Param("ref")))
}

func (s *Storefront) defaultAddress(c echo.Context, in database.AccountIn) error {
	return s.afterAddress(c, "default", s.accounts.SetDefaultAddress(c.Request().Context(), in, c.Param("ref")))
}

func (s *Storefront) afterAddress(c echo.Context, done string, err error) error {
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, addressesURL+"?done="+done)
}
