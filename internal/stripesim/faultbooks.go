package stripesim

import (
	"context"
	"encoding/json"
	"slices"
)

// takeFaults counts down and returns the faults of the given kinds that apply to name, the oldest of each kind.
func (s *Sim) takeFaults(ctx context.Context, name string, kinds []string) (faultSet, error) {
	all, err := s.faults(ctx)
	if err != nil || !slices.ContainsFunc(all, func(f fault) bool { return f.matches(name) }) {
		return nil, err
	}
	var set faultSet
	err = s.books.update(ctx, func(t *tx) error {
		all, err := readFaults(ctx, t)
		if err != nil {
			return err
		}
		for _, f := range all {
			if !f.matches(name) || !slices.Contains(kinds, f.Kind) || set.has(f.Kind) {
				continue
			}
			set = append(set, f)
			if err := f.countDown(ctx, t); err != nil {
				return err
			}
		}
		return nil
	})
	return set, err
}

func (f fault) countDown(ctx context.Context, t *tx) error {
	if f.Forever {
		return nil
	}
	if f.Left--; f.Left <= 0 {
		_, err := t.ExecContext(ctx, `DELETE FROM faults WHERE id=?`, f.ID)
		return err
	}
	body, err := json.Marshal(f)
	if err != nil {
		return err
	}
	_, err = t.ExecContext(ctx, `UPDATE faults SET body=? WHERE id=?`, string(body), f.ID)
	return err
}

// faults lists the switches that are on.
func (s *Sim) faults(ctx context.Context) (all []fault, err error) {
	err = s.books.view(ctx, func(t *tx) error {
		all, err = readFaults(ctx, t)
		return err
	})
	return all, err
}

func readFaults(ctx context.Context, t *tx) ([]fault, error) {
	rows, err := t.QueryContext(ctx, `SELECT id, body FROM faults ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := []fault{}
	for rows.Next() {
		var id int64
		var body []byte
		var f fault
		if err := rows.Scan(&id, &body); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(body, &f); err != nil {
			return nil, err
		}
		f.ID = id
		all = append(all, f)
	}
	return all, rows.Err()
}
