package shop

import "slices"

// Choose checks units that somebody chose among those that wait, and returns
// each once; none chosen means all. Errors: KindInvalid for units that are
// none of this order's that ship, KindConflict for those that do not wait any
// more and when nothing waits.
func (o *Order) Choose(units []UnitID) ([]UnitID, error) {
	var waiting []UnitID
	for _, u := range o.Waiting() {
		waiting = append(waiting, u.ID)
	}
	if len(waiting) == 0 {
		return nil, Conflict("Nothing of this order waits to be sent any more.")
	}
	if len(units) == 0 {
		return waiting, nil
	}
	var chosen []UnitID
	for _, id := range units {
		if slices.Contains(chosen, id) {
			continue
		}
		if !slices.Contains(waiting, id) {
			return nil, o.notWaiting(id)
		}
		chosen = append(chosen, id)
	}
	return chosen, nil
}

// notWaiting says why a unit cannot be chosen.
func (o *Order) notWaiting(id UnitID) error {
	for i := range o.Lines {
		l := &o.Lines[i]
		for _, u := range l.Units {
			switch {
			case u.ID != id:
			case u.State == UnitShipped:
				return Conflict("%s, piece %d, has been sent meanwhile.", l.FullTitle(), u.Position)
			case u.State == UnitCancelled:
				return Conflict("%s, piece %d, has been cancelled meanwhile.", l.FullTitle(), u.Position)
			default:
				return Invalid("%s does not go in a parcel.", l.FullTitle())
			}
		}
	}
	return Invalid("A piece that was chosen is not of this order.")
}
