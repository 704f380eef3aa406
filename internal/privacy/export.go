package privacy

import (
	"archive/zip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"longrun/internal/database"
	"longrun/internal/formats"
	"longrun/internal/shop"
)

// readme says what each file of an export is.
const readme = `This is what %s holds of %s, written on %s.

account.json   Your account, if you have one: its addresses, where you are signed in, and
               what was typed to sign in with your address.
orders.json    Your orders: what was bought, what was paid and how, what was given
               back, parcels, what happened when, what you and we wrote about them,
               and checkouts of the same bag that were not paid.
orders.csv     The same orders, one in a line, for a spreadsheet.
bags.json      What lies in the bags that your orders came from.
messages.json  What you wrote to us.
waits.json     For which sizes you wait, and that you want to hear of none.
mails.json     Which mails went to you, and when. Their text is not kept.
stripe.json    What Stripe, who takes the money, told us of your payments.
requests.json  When your data was asked for, handed out or erased.

Times are UTC. Amounts are in the currency beside them. The number of a card is
never with us, only its brand and last four digits; Stripe keeps the rest.
Beside this there are counts that slow down guessing, as digests that name
nobody and go by themselves.
`

// page is how many things are read at once.
const page = 100

// Export writes all that is held of an address as a ZIP, a little at a time,
// so that it may be as long as it likes. What comes or goes meanwhile may be
// in it or not. An error may follow half of it.
func (s *Service) Export(ctx context.Context, email string, w io.Writer) error {
	settings, err := s.db.Settings(ctx)
	if err != nil {
		return err
	}
	now, err := s.db.Now(ctx)
	if err != nil {
		return err
	}
	x := &export{Reader: s.db.Reader, zip: zip.NewWriter(w), email: email, at: now.Time, zone: settings.Location()}
	err = x.file("README.txt", func(w io.Writer) error {
		_, err := fmt.Fprintf(w, readme, settings.ShopName, email, now.Format("January 2, 2006 at 15:04 UTC"))
		return err
	})
	for _, part := range []struct {
		name  string
		write func(ctx context.Context, w io.Writer) error
	}{
		{"account.json", x.accounts}, {"orders.json", x.orders}, {"orders.csv", x.ordersCSV}, {"bags.json", x.bags}, {"messages.json", x.messages},
		{"waits.json", x.waits}, {"mails.json", x.mails}, {"stripe.json", x.stripe}, {"requests.json", x.requests},
	} {
		if err == nil {
			err = x.file(part.name, func(w io.Writer) error { return part.write(ctx, w) })
		}
	}
	if err != nil {
		return fmt.Errorf("exporting what is held of an address: %w", err)
	}
	return x.zip.Close()
}

// ExportFor is Export for staff or a command, written down first. key is that
// of the form.
func (s *Service) ExportFor(ctx context.Context, who, email, key string, w io.Writer) error {
	err := s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		request := shop.PrivacyRequest{Kind: shop.PrivacyExport, Key: keyOf("export", key, email), State: shop.PrivacyDone, Who: who}
		isNew, err := tx.AddPrivacyRequest(ctx, &request, email)
		if err != nil || !isNew {
			return err
		}
		return note(tx, who, "privacy.export", request.ID, map[string]any{})
	})
	if err != nil {
		return err
	}
	return s.Export(ctx, email, w)
}

// ExportByLink is Export for who has the link to an address, at most
// shop.PrivacyFilesLimit times. begin is called with what can still be
// refused behind it. Errors: as OfLink; KindTooMany.
func (s *Service) ExportByLink(ctx context.Context, token string, begin func() io.Writer) error {
	email, link, err := OfLink(ctx, s.db.Reader, token)
	if err != nil {
		return err
	}
	err = s.db.Transact(ctx, func(ctx context.Context, tx *database.Tx) error {
		allowed, err := tx.Ask(ctx, shop.AskSubject("privacy-files", fmt.Sprint(link.ID)), shop.PrivacyFilesLimit)
		if err != nil {
			return err
		}
		if !allowed {
			return shop.Errorf(shop.KindTooMany, "This link has given its files often enough. Please ask for a new one tomorrow.")
		}
		request := shop.PrivacyRequest{Kind: shop.PrivacyExport, Key: keyOf("export", fmt.Sprint(link.ID)), State: shop.PrivacyDone, Who: shop.ByShopper}
		_, err = tx.AddPrivacyRequest(ctx, &request, email)
		return err
	})
	if err != nil {
		return err
	}
	return s.Export(ctx, email, begin())
}

// export is one export that is being written.
type export struct {
	database.Reader
	zip   *zip.Writer
	email string
	at    time.Time
	zone  *time.Location
}

func (x *export) file(name string, write func(io.Writer) error) error {
	w, err := x.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: x.at})
	if err != nil {
		return err
	}
	return write(w)
}

// list writes a JSON list one thing at a time.
type list struct {
	w     io.Writer
	begun bool
}

func (l *list) add(thing any) error {
	before := ",\n"
	if !l.begun {
		before, l.begun = "[\n", true
	}
	text, err := json.MarshalIndent(thing, "", "  ")
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(l.w, "%s%s", before, text)
	return err
}

func (l *list) end() error {
	text := "\n]\n"
	if !l.begun {
		text = "[]\n"
	}
	_, err := io.WriteString(l.w, text)
	return err
}

// eachOrder calls do with each order, whole, the oldest first.
func (x *export) eachOrder(ctx context.Context, do func(o *shop.Order) error) error {
	for after := shop.OrderID(0); ; {
		orders, err := x.OrdersOfPerson(ctx, x.email, after, page)
		if err != nil || len(orders) == 0 {
			return err
		}
		for i := range orders {
			if err := x.FillOrder(ctx, &orders[i]); err != nil {
				return err
			}
			if err := do(&orders[i]); err != nil {
				return err
			}
			after = orders[i].ID
		}
	}
}

func (x *export) orders(ctx context.Context, w io.Writer) error {
	l := &list{w: w}
	err := x.eachOrder(ctx, func(o *shop.Order) error {
		file, err := x.orderFile(ctx, o)
		if err != nil {
			return err
		}
		return l.add(file)
	})
	if err != nil {
		return err
	}
	return l.end()
}

func (x *export) ordersCSV(ctx context.Context, w io.Writer) error {
	out, err := formats.NewOwnOrdersWriter(w)
	if err != nil {
		return err
	}
	err = x.eachOrder(ctx, func(o *shop.Order) error { return out.Write(o, x.zone) })
	if err != nil {
		return err
	}
	return out.Flush()
}

func (x *export) stripe(ctx context.Context, w io.Writer) error {
	l := &list{w: w}
	err := x.eachOrder(ctx, func(o *shop.Order) error {
		events, err := x.EventsOfOrder(ctx, o.ID)
		for _, e := range events {
			if err == nil && json.Valid([]byte(e.Payload)) {
				err = l.add(stripeEvent{e.ID, e.Type, e.ReceivedAt, json.RawMessage(e.Payload)})
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return l.end()
}
