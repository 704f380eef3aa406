package storefront

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// AccountPage is a shopper's account.
type AccountPage struct {
	web.Page
	Email    string
	Name     string // as typed, if the form is shown again
	Done     string // what was just done, in a sentence
	Error    string
	Fields   map[string]string
	Orders   []AccountOrder
	Older    bool   // these are not the newest
	Next     string // URL of older orders, "" when these are the last
	Address  *shop.AccountAddress
	Sessions []AccountSession
	Others   bool           // whether there are other sessions than this one
	Data     []web.MenuItem // what else can be done with what the shop knows of the shopper
}

// AccountOrder is an order in the list.
type AccountOrder struct {
	Title  string // "Order #1001"
	URL    string // of its private page
	Placed string
	What   string // "Tern Racer and 2 more"
	Status string
	Total  shop.Cents
}

// AccountSession is one of the shopper's sessions.
type AccountSession struct {
	ID      shop.AccountSessionID
	Browser string
	Network string
	Began   string
	Seen    string
	This    bool
}

// accountDone are what the account's pages say after a form, by the word in
// their address.
var accountDone = map[string]string{
	"name": "Your name is saved.", "session": "That browser is signed out.", "sessions": "You are signed out everywhere else.",
	"email": "This is your address now. You are signed out everywhere else.", "address": "The address is saved.",
	"deleted": "The address is deleted.", "default": "The payment page begins with this address from now on.",
}

// ordersOnPage is how many orders an account's page shows.
const ordersOnPage = 10

func (s *Storefront) account(c echo.Context, in database.AccountIn) error {
	return s.showAccount(c, in, in.Account.Name, nil)
}

func (s *Storefront) showAccount(c echo.Context, in database.AccountIn, name string, refusal error) error {
	base, err := s.accountPage(c, "Your account")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	settings, err := s.reader.Settings(ctx)
	if err != nil {
		return err
	}
	page := &AccountPage{Page: base, Email: in.Account.Email, Name: name, Done: accountDone[c.QueryParam("done")]}
	page.Data = []web.MenuItem{{Title: "See it, take it with you, or have it erased", URL: privacyURL}}
	if err := s.fillAccountOrders(ctx, page, in.Account.ID, ordersBefore(c), settings.Location()); err != nil {
		return err
	}
	addresses, err := s.reader.AccountAddresses(ctx, in.Account.ID)
	if err != nil {
		return err
	}
	if len(addresses) > 0 {
		page.Address = &addresses[0]
	}
	if err := s.fillAccountSessions(ctx, page, in, settings.Location()); err != nil {
		return err
	}
	var status int
	page.Error, page.Fields, status = refused(refusal)
	return s.kit.Render(c, status, "storefront/account", page)
}

// ordersBefore is the order number below which a page of orders begins, 0 for
// the first page.
func ordersBefore(c echo.Context) int64 {
	n, err := strconv.ParseInt(c.QueryParam("before"), 10, 64)
	if err != nil || n < 1 {
		return 0
	}
	return n
}

func (s *Storefront) fillAccountOrders(ctx context.Context, page *AccountPage, id shop.AccountID, before int64, zone *time.Location) error {
	var list []database.AccountOrder
	if page.Older = before > 0; !page.Older {
		var err error
		if list, err = s.reader.AccountOrdersUnnumbered(ctx, id, ordersOnPage); err != nil {
			return err
		}
	}
	numbered, err := s.reader.AccountOrders(ctx, id, before, ordersOnPage+1)
	if err != nil {
		return err
	}
	if len(numbered) > ordersOnPage {
		numbered = numbered[:ordersOnPage]
		page.Next = fmt.Sprintf("%s?before=%d#orders", accountURL, *numbered[ordersOnPage-1].Number)
	}
	for _, o := range append(list, numbered...) {
		page.Orders = append(page.Orders, s.accountOrder(o, zone))
	}
	return nil
}

func (s *Storefront) accountOrder(o database.AccountOrder, zone *time.Location) AccountOrder {
	shown := AccountOrder{
		Title: "An order", Placed: o.PlacedAt.In(zone).Format("January 2, 2006"), What: o.First, Status: o.Status(), Total: o.GrandTotal(),
	}
	if o.Number != nil {
		shown.Title = fmt.Sprintf("Order #%d", *o.Number)
	}
	if o.Pieces > 1 {
		shown.What = fmt.Sprintf("%s and %d more", o.First, o.Pieces-1)
	}
	if o.State != shop.OrderPaid {
		shown.Status = map[shop.OrderState]string{shop.OrderProcessing: "Payment on its way", shop.OrderCancelled: "Not completed"}[o.State]
	}
	if token := s.reader.Token(o.Link); token != "" {
		shown.URL = "/orders/" + token
	}
	return shown
}

func (s *Storefront) fillAccountSessions(ctx context.Context, page *AccountPage, in database.AccountIn, zone *time.Location) error {
	sessions, err := s.reader.AccountSessions(ctx, in.Account.ID, in.Now)
	for _, one := range sessions {
		browser := shop.BrowserName(one.Agent)
		if browser == "" {
			browser = "Another program"
		}
		this := one.ID == in.Session.ID
		page.Others = page.Others || !this
		page.Sessions = append(page.Sessions, AccountSession{
			ID: one.ID, Browser: browser, Network: one.Network, This: this,
			Began: one.CreatedAt.In(zone).Format("January 2, 2006"), Seen: one.SeenAt.In(zone).Format("January 2, 3:04 PM"),
		})
	}
	return err
}

func (s *Storefront) accountName(c echo.Context, in database.AccountIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	err = s.accounts.SetName(c.Request().Context(), in, form.Get("name"))
	if err != nil && shows(err) {
		return s.showAccount(c, in, form.Get("name"), err)
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, accountURL+"?done=name")
}

// endAccountSession ends one of the shopper's sessions, or all others.
func (s *Storefront) endAccountSession(c echo.Context, in database.AccountIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	id, done := int64(0), "sessions"
	if text := form.Get("session"); text != "others" {
		if id, err = web.ParseID(text); err != nil {
			return shop.Errorf(shop.KindMalformed, "This is not a session.")
		}
		done = "session"
	}
	if err := s.accounts.EndSession(c.Request().Context(), in, shop.AccountSessionID(id)); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, accountURL+"?done="+done)
}
