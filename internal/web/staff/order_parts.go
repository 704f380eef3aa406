package staff

import (
	"context"
	"fmt"

	"longrun/internal/database"
	"longrun/internal/media"
	"longrun/internal/shop"
)

// OrderedLine is a line of an order with what became of its pieces.
type OrderedLine struct {
	*shop.OrderLine
	Image  string // address of a small picture, "" for none
	Pieces []Piece
	Sums   string // "2 waiting, 1 in parcel 1"
}

// Piece is one unit of a line.
type Piece struct {
	ID       shop.UnitID
	Position int
	Waits    bool
}

// orderedLines are an order's lines with the state of each piece.
func orderedLines(o *shop.Order, f *database.OrderFile, images map[shop.OrderLineID]string) []OrderedLine {
	parcelOf := map[shop.UnitID]int{}
	for _, p := range f.Parcels {
		for _, u := range p.Units {
			parcelOf[u.UnitID] = p.Number
		}
	}
	var lines []OrderedLine
	for i := range o.Lines {
		l := OrderedLine{OrderLine: &o.Lines[i], Image: images[o.Lines[i].ID]}
		var sums tally
		for _, u := range l.Units {
			waits := l.Ships && u.State == shop.UnitWaiting
			l.Pieces = append(l.Pieces, Piece{ID: u.ID, Position: u.Position, Waits: waits})
			sums.add(pieceState(&u, l.Ships, parcelOf[u.ID]))
		}
		l.Sums = sums.String()
		if o.State != shop.OrderPaid {
			l.Sums = ""
		}
		lines = append(lines, l)
	}
	return lines
}

func pieceState(u *shop.OrderUnit, ships bool, parcel int) string {
	switch {
	case u.State == shop.UnitCancelled:
		return "cancelled"
	case u.State == shop.UnitShipped && parcel > 0:
		return fmt.Sprintf("in parcel %d", parcel)
	case u.State == shop.UnitShipped:
		return "shipped"
	case !ships:
		return "not shipped"
	}
	return "waiting"
}

// tally counts words in the order in which they came.
type tally struct {
	words []string
	n     map[string]int
}

func (t *tally) add(word string) {
	if t.n == nil {
		t.n = map[string]int{}
	}
	if t.n[word]++; t.n[word] == 1 {
		t.words = append(t.words, word)
	}
}

// String is "2 waiting, 1 cancelled".
func (t *tally) String() string {
	text := ""
	for i, word := range t.words {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%d %s", t.n[word], word)
	}
	return text
}

// lineImages are the smallest pictures of an order's lines, as far as the
// products still have them.
func (s *Staff) lineImages(ctx context.Context, o *shop.Order) (map[shop.OrderLineID]string, error) {
	ids := make([]shop.VariantID, len(o.Lines))
	for i := range o.Lines {
		ids[i] = o.Lines[i].VariantID
	}
	products, err := s.reader.VariantsByIDs(ctx, ids)
	images := map[shop.OrderLineID]string{}
	for _, l := range o.Lines {
		for _, image := range products[l.VariantID].Images {
			if l.PictureID != nil && image.Picture != nil && image.Picture.ID == *l.PictureID {
				images[l.ID] = media.Renditions(*image.Picture)[0].Path
			}
		}
	}
	return images, err
}

// SentParcel is a parcel with what is in it, and the form that corrects it.
type SentParcel struct {
	shop.Parcel
	Contents []string
	Action   string // where its forms begin
	Form     ParcelForm
}

// ParcelForm is the form of a parcel as it was filled in.
type ParcelForm struct {
	Parcel   shop.ParcelID
	Version  int64
	Carrier  string
	Tracking string
	Why      string
}

// Name tells its forms from those of other parcels.
func (p SentParcel) Name() string { return fmt.Sprintf("parcel-%d", p.ID) }

func sentParcels(o *shop.Order, f *database.OrderFile, typed *ParcelForm) []SentParcel {
	lineOf := map[shop.UnitID]*shop.OrderLine{}
	for i := range o.Lines {
		for _, u := range o.Lines[i].Units {
			lineOf[u.ID] = &o.Lines[i]
		}
	}
	var sent []SentParcel
	for _, p := range f.Parcels {
		s := SentParcel{
			Parcel: p, Action: fmt.Sprintf("%s/parcels/%d", orderURL(o.ID), p.ID),
			Form: ParcelForm{Parcel: p.ID, Version: p.Version, Carrier: p.Carrier, Tracking: p.TrackingText()},
		}
		if typed != nil && typed.Parcel == p.ID {
			s.Form.Why = typed.Why
			if typed.Version != 0 { // it was the correction
				s.Form.Carrier, s.Form.Tracking = typed.Carrier, typed.Tracking
			}
		}
		var in tally
		for _, u := range p.Units {
			if l := lineOf[u.UnitID]; l != nil {
				in.add("× " + l.FullTitle())
			}
		}
		for _, word := range in.words {
			s.Contents = append(s.Contents, fmt.Sprintf("%d %s", in.n[word], word))
		}
		sent = append(sent, s)
	}
	return sent
}
