package staff

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/fulfilment"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// shipFields is how many fields the form of a parcel may have.
const shipFields = mostTicks + 20

func (s *Staff) ship(c echo.Context, in database.SignedIn) error {
	form, err := web.FormUpTo(c, shipFields)
	if err != nil {
		return err
	}
	order, err := s.askedOrder(c)
	if err != nil {
		return err
	}
	typed := &ShipForm{
		Carrier: form.Get("carrier"), Tracking: form.Get("tracking"), Tell: form.Get("tell") != "", Key: form.Get("key"),
		Whole: form.Get("whole") != "", Chosen: map[shop.UnitID]bool{},
	}
	units, err := unitsIn(form["unit"])
	for _, id := range units {
		typed.Chosen[id] = true
	}
	if err == nil && len(units) == 0 && !typed.Whole {
		err = shop.Invalid("Tick what goes into the parcel.")
	}
	if err == nil {
		_, err = s.fulfilment.Ship(c.Request().Context(), in.Staff.Actor(), fulfilment.Shipment{
			Order: order.ID, Units: units, Carrier: typed.Carrier, Tracking: typed.Tracking, Tell: typed.Tell, Key: typed.Key,
		})
	}
	if err != nil {
		return s.refuseOrder(c, in, order.ID, orderTyped{form: "ship", ship: typed, refusal: err})
	}
	return c.Redirect(http.StatusSeeOther, orderURL(order.ID)+"?done=shipped")
}

// unitsIn reads the ids of pieces.
func unitsIn(texts []string) ([]shop.UnitID, error) {
	var ids []shop.UnitID
	for _, text := range texts {
		id, err := web.ParseID(text)
		if err != nil {
			return ids, shop.Invalid("A piece that was chosen is not of this order.")
		}
		ids = append(ids, shop.UnitID(id))
	}
	return ids, nil
}

// refuseOrder shows an order as it is now, with what was typed.
func (s *Staff) refuseOrder(c echo.Context, in database.SignedIn, id shop.OrderID, typed orderTyped) error {
	order, err := s.reader.OrderByID(c.Request().Context(), id)
	if err != nil {
		return err
	}
	return s.showOrder(c, in, order, typed)
}

// aboutParcel runs a change of the parcel that the address names, which must
// be one of the order there, and leads back to the order.
func (s *Staff) aboutParcel(c echo.Context, in database.SignedIn, done string, change func(context.Context, *ParcelForm, url.Values) error) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	order, err := s.askedOrder(c)
	if err != nil {
		return err
	}
	id, err := web.ParseID(c.Param("parcel"))
	if err != nil {
		return shop.NotFound("There is no such parcel.")
	}
	parcel, err := s.reader.Parcel(c.Request().Context(), shop.ParcelID(id))
	if err != nil {
		return err
	}
	if parcel.OrderID != order.ID {
		return shop.NotFound("There is no such parcel.")
	}
	typed := &ParcelForm{Parcel: shop.ParcelID(id), Carrier: form.Get("carrier"), Tracking: form.Get("tracking"), Why: form.Get("why")}
	if err := change(c.Request().Context(), typed, form); err != nil {
		return s.refuseOrder(c, in, order.ID, orderTyped{form: fmt.Sprintf("parcel-%d", id), parcel: typed, refusal: err})
	}
	return c.Redirect(http.StatusSeeOther, orderURL(order.ID)+"?done="+done+"#parcels")
}

func (s *Staff) correctParcel(c echo.Context, in database.SignedIn) error {
	return s.aboutParcel(c, in, "corrected", func(ctx context.Context, typed *ParcelForm, form url.Values) error {
		version, err := web.ParseID(form.Get("version"))
		if err != nil {
			return shop.Conflict("The parcel has changed meanwhile.")
		}
		typed.Version = version
		return s.fulfilment.Correct(ctx, in.Staff.Actor(), fulfilment.Correction{
			Parcel: typed.Parcel, Version: version, Carrier: typed.Carrier, Tracking: typed.Tracking, Tell: form.Get("tell") != "",
		})
	})
}

func (s *Staff) undoParcel(c echo.Context, in database.SignedIn) error {
	return s.aboutParcel(c, in, "undone", func(ctx context.Context, typed *ParcelForm, _ url.Values) error {
		return s.fulfilment.Undo(ctx, in.Staff.Actor(), typed.Parcel, typed.Why)
	})
}

func (s *Staff) delivered(c echo.Context, in database.SignedIn) error {
	return s.aboutParcel(c, in, "delivered", func(ctx context.Context, typed *ParcelForm, _ url.Values) error {
		return s.fulfilment.MarkDelivered(ctx, in.Staff.Actor(), typed.Parcel)
	})
}

func (s *Staff) notDelivered(c echo.Context, in database.SignedIn) error {
	return s.aboutParcel(c, in, "not-delivered", func(ctx context.Context, typed *ParcelForm, _ url.Values) error {
		return s.fulfilment.TakeBackDelivery(ctx, in.Staff.Actor(), typed.Parcel)
	})
}

func (s *Staff) noteOrder(c echo.Context, in database.SignedIn) error {
	return s.say(c, in, "note", func(ctx context.Context, id shop.OrderID, text string) error {
		return s.fulfilment.Note(ctx, in.Staff.Actor(), id, text)
	})
}

func (s *Staff) settleReview(c echo.Context, in database.SignedIn) error {
	return s.say(c, in, "review", func(ctx context.Context, id shop.OrderID, text string) error {
		return s.fulfilment.SettleReview(ctx, in.Staff.Actor(), id, text)
	})
}

// say hands on what was typed into the note of a form.
func (s *Staff) say(c echo.Context, in database.SignedIn, what string, do func(context.Context, shop.OrderID, string) error) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	order, err := s.askedOrder(c)
	if err != nil {
		return err
	}
	text := form.Get("text")
	if err := do(c.Request().Context(), order.ID, text); err != nil {
		typed := orderTyped{form: what, refusal: err}
		if typed.note = text; what == "review" {
			typed.note, typed.review = "", text
		}
		return s.refuseOrder(c, in, order.ID, typed)
	}
	done := map[string]string{"note": "noted#timeline", "review": "let-go"}[what]
	return c.Redirect(http.StatusSeeOther, orderURL(order.ID)+"?done="+done)
}
