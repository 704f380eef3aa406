package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// wire is one connection with its prepared statements.
type wire struct {
	mu    sync.Mutex
	conn  *sql.Conn
	ready map[string]*sql.Stmt
}

func dial(ctx context.Context, c driver.Connector) (*wire, error) {
	conn, err := sql.OpenDB(c).Conn(ctx)
	return &wire{conn: conn, ready: map[string]*sql.Stmt{}}, err
}

func (w *wire) prepare(ctx context.Context, statement string) (*sql.Stmt, error) {
	if prepared := w.ready[statement]; prepared != nil {
		return prepared, nil
	}
	prepared, err := w.conn.PrepareContext(ctx, statement)
	w.ready[statement] = prepared
	return prepared, err
}

// actor plays the script again and again.
type actor struct {
	wires  []*wire // by pool; SQLite's writer is everybody's
	strays int64
	astray string // the first of them
}

// play is one purchase.
func (a *actor) play(ctx context.Context, s script) error {
	began, answers, fresh := time.Now(), make([][][]any, len(s)), map[string]any{}
	held := (*wire)(nil)
	defer func() {
		if held != nil {
			_, _ = held.conn.ExecContext(ctx, "ROLLBACK")
			held.mu.Unlock()
		}
	}()
	for i, l := range s {
		w := a.wires[l.pool]
		if strings.HasPrefix(l.sql, "BEGIN") {
			w.mu.Lock()
			held = w
		}
		var err error
		if answers[i], err = a.say(ctx, w, l, l.given(began, answers, fresh)); err != nil {
			return fmt.Errorf("statement %d, %.200s: %w", i, l.sql, err)
		}
		if l.sql == "COMMIT" && held != nil {
			held.mu.Unlock()
			held = nil
		}
	}
	return nil
}

// say sends a statement and counts an answer of another size than recorded.
func (a *actor) say(ctx context.Context, w *wire, l line, args []any) ([][]any, error) {
	if l.sql == "COMMIT" || strings.HasPrefix(l.sql, "BEGIN") {
		_, err := w.conn.ExecContext(ctx, l.sql)
		return nil, err
	}
	prepared, err := w.prepare(ctx, l.sql)
	if err != nil {
		return nil, err
	}
	if !l.query {
		result, err := prepared.ExecContext(ctx, args...)
		if err != nil {
			return nil, err
		}
		if n, _ := result.RowsAffected(); n != l.changed {
			a.stray(l, n)
		}
		return nil, nil
	}
	rows, err := prepared.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	var all [][]any
	for rows.Next() {
		row, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	if len(all) != l.rows {
		a.stray(l, int64(len(all)))
	}
	return all, rows.Err()
}

// stray notes a statement that has another effect than recorded.
func (a *actor) stray(l line, n int64) {
	if a.strays++; a.astray == "" {
		a.astray = fmt.Sprintf("%d rows, recorded %d: %s", n, max(int64(l.rows), l.changed), l.sql)
	}
}

// replay plays a script from many actors for a while.
func (st *stage) replay(ctx context.Context, s script, actors int, lasting time.Duration) (figure, error) {
	var shared []*wire
	if len(st.recorder.connectors) > 1 { // SQLite: one writer
		w, err := dial(ctx, st.recorder.connectors[0])
		if err != nil {
			return figure{}, err
		}
		shared = []*wire{w}
	}
	var all sync.WaitGroup
	var n, strays atomic.Int64
	var astray atomic.Value
	errs := make([]error, actors)
	began := time.Now()
	for i := range actors {
		all.Go(func() {
			a := &actor{wires: slices.Clone(shared)}
			w, err := dial(ctx, st.recorder.connectors[len(st.recorder.connectors)-1])
			a.wires = append(a.wires, w)
			for err == nil && time.Since(began) < lasting {
				if err = a.play(ctx, s); err == nil {
					n.Add(1)
				}
			}
			errs[i] = err
			strays.Add(a.strays)
			if a.astray != "" {
				astray.Store(a.astray)
			}
		})
	}
	all.Wait()
	f := figure{name: "the same statements as raw SQL", n: int(n.Load()), took: time.Since(began)}
	if err := errors.Join(errs...); err != nil {
		return f, err
	}
	if total := n.Load() * int64(len(s)); strays.Load()*50 > total {
		return f, fmt.Errorf("of %d statements %d had another effect than recorded, such as %v", total, strays.Load(), astray.Load())
	}
	return f, nil
}
