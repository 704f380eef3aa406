package main

import (
	"context"
	"database/sql/driver"
	"io"
	"reflect"
	"slices"
	"sync"
)

// recorder writes down every statement that goes to a database, with what it
// was given and what it answered. connectors are what makes the connections
// of each pool, the writer's first.
type recorder struct {
	connectors []driver.Connector

	mu    sync.Mutex
	on    bool
	calls []call
}

// call is a statement.
type call struct {
	pool    int
	conn    *recordedConn
	sql     string
	args    []driver.NamedValue
	query   bool
	rows    [][]driver.Value
	changed int64
}

// through is what database.Options.Through wants.
func (r *recorder) through(c driver.Connector) driver.Connector {
	r.connectors = append(r.connectors, c)
	return recordedConnector{c, r, len(r.connectors) - 1}
}

// take returns what was written down since it was switched on, and goes on.
func (r *recorder) take() []call {
	r.mu.Lock()
	defer r.mu.Unlock()
	calls := r.calls
	r.calls, r.on = nil, true
	return calls
}

// pause writes nothing down until take.
func (r *recorder) pause() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.calls, r.on = nil, false
}

func (r *recorder) note(c call) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.on {
		c.args = slices.Clone(c.args)
		for i := range c.args {
			c.args[i].Value = plain(c.args[i].Value)
		}
		r.calls = append(r.calls, c)
	}
}

// plain is a value as an answer would have it: one driver takes the shop's own
// types as they are.
func plain(v any) any {
	if at := reflect.ValueOf(v); at.Kind() == reflect.Pointer && at.IsNil() {
		return nil
	}
	if valuer, ok := v.(driver.Valuer); ok {
		if value, err := valuer.Value(); err == nil {
			return value
		}
	}
	if value, err := driver.DefaultParameterConverter.ConvertValue(v); err == nil {
		return value
	}
	return v
}

type recordedConnector struct {
	driver.Connector
	r    *recorder
	pool int
}

// Connect opens a connection that is listened to.
func (c recordedConnector) Connect(ctx context.Context) (driver.Conn, error) {
	inner, err := c.Connector.Connect(ctx)
	return &recordedConn{inner, c.r, c.pool}, err
}

// recordedConn knows the ways of database/sql that both drivers have.
type recordedConn struct {
	driver.Conn
	r    *recorder
	pool int
}

// ExecContext runs a statement and writes it down.
func (c *recordedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	result, err := c.Conn.(driver.ExecerContext).ExecContext(ctx, query, args)
	if err == nil {
		c.executed(query, args, result)
	}
	return result, err
}

func (c *recordedConn) executed(query string, args []driver.NamedValue, result driver.Result) {
	n, _ := result.RowsAffected()
	c.r.note(call{pool: c.pool, conn: c, sql: query, args: args, changed: n})
}

// QueryContext runs a statement and writes it down with its rows.
func (c *recordedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.Conn.(driver.QueryerContext).QueryContext(ctx, query, args)
	if err != nil {
		return nil, err
	}
	return c.asked(rows, query, args)
}

// asked reads all rows at once, so that they can be written down.
func (c *recordedConn) asked(rows driver.Rows, query string, args []driver.NamedValue) (driver.Rows, error) {
	kept := &keptRows{columns: rows.Columns()}
	defer rows.Close()
	for {
		row := make([]driver.Value, len(kept.columns))
		switch err := rows.Next(row); err {
		case nil:
			for i, v := range row {
				if b, ok := v.([]byte); ok {
					row[i] = slices.Clone(b)
				}
			}
			kept.rows = append(kept.rows, row)
			continue
		case io.EOF:
			c.r.note(call{pool: c.pool, conn: c, sql: query, args: args, query: true, rows: kept.rows})
			return kept, nil
		default:
			return nil, err
		}
	}
}

// PrepareContext prepares a statement that is listened to.
func (c *recordedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	inner, err := c.Conn.(driver.ConnPrepareContext).PrepareContext(ctx, query)
	return &recordedStmt{inner, c, query}, err
}

// BeginTx is the driver's.
func (c *recordedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	return c.Conn.(driver.ConnBeginTx).BeginTx(ctx, o)
}

// CheckNamedValue is the driver's, if it has its own.
func (c *recordedConn) CheckNamedValue(v *driver.NamedValue) error {
	if checker, ok := c.Conn.(driver.NamedValueChecker); ok {
		return checker.CheckNamedValue(v)
	}
	return driver.ErrSkip
}

type recordedStmt struct {
	driver.Stmt
	c   *recordedConn
	sql string
}

// ExecContext runs the statement and writes it down.
func (s *recordedStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	result, err := s.Stmt.(driver.StmtExecContext).ExecContext(ctx, args)
	if err == nil {
		s.c.executed(s.sql, args, result)
	}
	return result, err
}

// QueryContext runs the statement and writes it down with its rows.
func (s *recordedStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := s.Stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	return s.c.asked(rows, s.sql, args)
}

// keptRows are rows that were read already.
type keptRows struct {
	columns []string
	rows    [][]driver.Value
}

// Columns are the names of the columns.
func (k *keptRows) Columns() []string { return k.columns }

// Close has nothing to close.
func (k *keptRows) Close() error { return nil }

// Next gives the next row.
func (k *keptRows) Next(dest []driver.Value) error {
	if len(k.rows) == 0 {
		return io.EOF
	}
	copy(dest, k.rows[0])
	k.rows = k.rows[1:]
	return nil
}
