package storefront

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/waiting"
	"longrun/internal/web"
)

// waitingURL is where the form of a product's page leads, and below it are the
// pages that its mails link to.
const waitingURL = "/waiting"

// waitingRoutes are for hearing when a size is back.
func (s *Storefront) waitingRoutes(e *echo.Echo) {
	e.POST(waitingURL, s.askToWait)
	web.Get(e, waitingURL, func(c echo.Context) error { return c.Redirect(http.StatusSeeOther, "/") })
	web.Get(e, waitingURL+"/asked", s.waitingAsked)
	web.Get(e, waitingURL+"/:token", s.waitingPage)
	e.POST(waitingURL+"/:token", s.changeWaiting)
}

// WaitForm asks for an address on a product's page, for its sizes that are
// sold out.
type WaitForm struct {
	Action string
	Sizes  []WaitSize
	Open   bool   // shown at once, since that is what its reader came for
	Email  string // as typed
	Error  string // why it was refused
}

// WaitSize is a size that is sold out.
type WaitSize struct {
	ID      shop.VariantID
	Title   string // "9 / D", "" of a product without options
	Checked bool
}

// waitForm is the form for a product, nil if nothing of it is sold out.
func waitForm(p *shop.Product, chosen *shop.Variant) *WaitForm {
	f := &WaitForm{Action: waitingURL, Open: !p.Available()}
	for i := range p.Variants {
		v := &p.Variants[i]
		if v.Available() {
			continue
		}
		size := WaitSize{ID: v.ID, Title: v.PublicTitle(), Checked: chosen != nil && v.ID == chosen.ID}
		f.Open = f.Open || size.Checked
		f.Sizes = append(f.Sizes, size)
	}
	if len(f.Sizes) == 0 {
		return nil
	}
	return f
}

// askToWait takes an address down for a size, and answers every address alike.
func (s *Storefront) askToWait(c echo.Context) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	id, err := web.ParseID(form.Get("variant"))
	if err != nil {
		return shop.Invalid("Choose a size first.")
	}
	asked := waiting.Asked{Variant: shop.VariantID(id), Email: form.Get("email"), Trap: form.Get("website"), Network: web.AddressOf(c)}
	err = s.waiting.Ask(c.Request().Context(), asked)
	var e *shop.Error
	if errors.As(err, &e) && (e.Kind == shop.KindInvalid || e.Kind == shop.KindTooMany || e.Kind == shop.KindConflict) {
		return s.refuseWait(c, asked, e)
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, waitingURL+"/asked")
}

// refuseWait shows the product's page again with the form as it was filled in.
func (s *Storefront) refuseWait(c echo.Context, asked waiting.Asked, refusal *shop.Error) error {
	product, _, err := s.productOf(c.Request().Context(), asked.Variant)
	if err != nil {
		return s.unknownAdd(err)
	}
	page, _, err := s.productPage(c, &product, idText(asked.Variant))
	if err != nil {
		return err
	}
	page.NoIndex = true
	if page.Wait == nil { // everything can be bought by now
		page.Error = refusal.Message
	} else {
		page.Wait.Open, page.Wait.Email, page.Wait.Error = true, asked.Email, refusal.Message
	}
	return s.kit.Render(c, web.StatusOf(refusal), "storefront/product", page)
}

// WaitingPage is what became of an asking.
type WaitingPage struct {
	web.Page
	Asked      bool   // the form was just sent; whether anything came of it is not said
	What       string // the shoe and its size, "" when it is gone
	ProductURL string // "" when shoppers cannot see it
	State      shop.WaitState
	Since      string // the day of asking
	Action     string // of its buttons
	PerDay     int64  // how many questions one mailbox is sent in a day
}

func (s *Storefront) waitingAsked(c echo.Context) error {
	base, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	base.Title, base.NoIndex = "Look in your mail", true
	return s.kit.Render(c, http.StatusOK, "storefront/waiting", &WaitingPage{Page: base, Asked: true, PerDay: shop.WaitMailLimit.Most})
}

// waitingPage shows what a link of a mail is about, and its buttons. It
// changes nothing, since mail programs open links before people do.
func (s *Storefront) waitingPage(c echo.Context) error {
	web.KeepAddress(c, true)
	ctx := c.Request().Context()
	wait, err := s.waitOf(c)
	if err != nil {
		return err
	}
	base, err := s.kit.Page(c)
	if err != nil {
		return err
	}
	settings, err := s.reader.Settings(ctx)
	if err != nil {
		return err
	}
	now, err := s.reader.Now(ctx)
	if err != nil {
		return err
	}
	found, err := s.reader.VariantsByIDs(ctx, []shop.VariantID{wait.VariantID})
	if err != nil {
		return err
	}
	base.Title, base.NoIndex = "Waiting for a size", true
	page := &WaitingPage{Page: base, State: wait.State, Action: waitingURL + "/" + c.Param("token"), PerDay: shop.WaitMailLimit.Most,
		Since: wait.AskedAt.In(settings.Location()).Format("January 2, 2006")}
	if p, ok := found[wait.VariantID]; ok {
		page.What = shop.TitleWithSize(&p, &p.Variants[0])
		if p.Visible(now) {
			page.ProductURL = "/products/" + p.Handle + "?variant=" + idText(wait.VariantID)
		}
	}
	return s.kit.Render(c, http.StatusOK, "storefront/waiting", page)
}

// waitOf is the wait that a link of a mail opens.
func (s *Storefront) waitOf(c echo.Context) (shop.StockWait, error) {
	ctx := c.Request().Context()
	link, err := s.reader.LinkByToken(ctx, shop.LinkWait, c.Param("token"))
	if err != nil {
		return shop.StockWait{}, err
	}
	return s.reader.Wait(ctx, shop.WaitID(link.ThingID))
}

// changeWaiting does what a button of that page says.
func (s *Storefront) changeWaiting(c echo.Context) error {
	web.KeepAddress(c, false)
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	wait, err := s.waitOf(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	switch form.Get("do") {
	case "yes":
		err = s.waiting.Join(ctx, wait.ID)
	case "leave":
		err = s.waiting.Leave(ctx, wait.ID, false)
	case "everything":
		err = s.waiting.Leave(ctx, wait.ID, true)
	case "never":
		err = s.waiting.Refuse(ctx, wait.ID)
	default:
		err = shop.Invalid("Press one of the buttons of the page.")
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, waitingURL+"/"+c.Param("token"))
}
