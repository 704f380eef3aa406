package stripesim

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
)

// tx reads and writes objects within one transaction of the books.
type tx struct {
	*sql.Tx
	ctx context.Context
}

// facts are the parts of an object that the books index.
type facts struct {
	id, kind, status, parent string
	created, due             int64
}

// object is anything the books keep.
type object interface{ facts() facts }

// errNotFound says that the books hold no such object.
var errNotFound = errors.New("stripesim: no such object")

func (t *tx) insert(o object) error {
	f := o.facts()
	body, err := json.Marshal(o)
	if err != nil {
		return err
	}
	_, err = t.ExecContext(t.ctx,
		`INSERT INTO objects (id, kind, created, status, parent, due, body) VALUES (?,?,?,?,?,?,?)`,
		f.id, f.kind, f.created, f.status, f.parent, f.due, string(body))
	return err
}

func (t *tx) save(o object) error {
	f := o.facts()
	body, err := json.Marshal(o)
	if err != nil {
		return err
	}
	res, err := t.ExecContext(t.ctx,
		`UPDATE objects SET status=?, parent=?, due=?, body=? WHERE id=? AND kind=?`,
		f.status, f.parent, f.due, string(body), f.id, f.kind)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, fmt.Errorf("stripesim: save %s: %d rows", f.id, n))
	}
	return nil
}

func (t *tx) remove(kind, id string) error {
	_, err := t.ExecContext(t.ctx, `DELETE FROM objects WHERE kind=? AND id=?`, kind, id)
	return err
}

// load reads the object into o, or returns errNotFound.
func (t *tx) load(kind, id string, o any) error {
	body, err := t.body(kind, id)
	if err != nil {
		return err
	}
	return json.Unmarshal(body, o)
}

func (t *tx) body(kind, id string) ([]byte, error) {
	var body []byte
	err := t.QueryRowContext(t.ctx, `SELECT body FROM objects WHERE kind=? AND id=?`, kind, id).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNotFound
	}
	return body, err
}

// children reads every object of the kind that belongs to parent, oldest first.
func children[T any](t *tx, kind, parent string) ([]T, error) {
	rows, err := t.QueryContext(t.ctx, `SELECT body FROM objects WHERE kind=? AND parent=? ORDER BY seq`, kind, parent)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var body []byte
		var v T
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(body, &v); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}
