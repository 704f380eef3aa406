package database

import (
	"context"
	"database/sql/driver"
	"strings"
)

// mostStatements bounds what a connection keeps prepared: more than the shop
// has statements, but some are as long as the lists in them.
const mostStatements = 400

// preparing makes connections that prepare each statement once. SQLite would
// otherwise read the text of every statement anew, which is a quarter of the
// work of a purchase.
type preparing struct{ driver.Connector }

// Connect opens a connection.
func (p preparing) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &preparedConn{sqliteConn: conn.(sqliteConn), ready: map[string]driver.Stmt{}}, nil
}

// sqliteConn is all that database/sql asks of modernc's connections.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// preparedConn keeps prepared statements that nobody uses just now.
type preparedConn struct {
	sqliteConn
	ready map[string]driver.Stmt
}

// ExecContext runs a statement.
func (c *preparedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if !worthKeeping(query) {
		return c.sqliteConn.ExecContext(ctx, query, args)
	}
	prepared, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	defer c.putBack(query, prepared)
	return prepared.(driver.StmtExecContext).ExecContext(ctx, args)
}

// QueryContext runs a statement; it is ready again when its rows are closed.
func (c *preparedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if !worthKeeping(query) {
		return c.sqliteConn.QueryContext(ctx, query, args)
	}
	prepared, err := c.take(ctx, query)
	if err != nil {
		return nil, err
	}
	rows, err := prepared.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		c.putBack(query, prepared)
		return nil, err
	}
	return &preparedRows{rows, func() { c.putBack(query, prepared) }}, nil
}

// Close closes the connection and what it keeps.
func (c *preparedConn) Close() error {
	for _, prepared := range c.ready {
		_ = prepared.Close()
	}
	c.ready = nil
	return c.sqliteConn.Close()
}

// worthKeeping says whether a text is one statement, and no list of a thousand.
func worthKeeping(query string) bool {
	return len(query) < 4_000 && !strings.Contains(query, ";")
}

// take gives a statement to somebody who has it to himself until putBack.
func (c *preparedConn) take(ctx context.Context, query string) (driver.Stmt, error) {
	if prepared, ok := c.ready[query]; ok {
		delete(c.ready, query)
		return prepared, nil
	}
	return c.PrepareContext(ctx, query)
}

// putBack keeps a statement for the next time. One too many takes the place of
// any other.
func (c *preparedConn) putBack(query string, prepared driver.Stmt) {
	if c.ready == nil || c.ready[query] != nil {
		_ = prepared.Close()
		return
	}
	if len(c.ready) >= mostStatements {
		for other, old := range c.ready {
			_ = old.Close()
			delete(c.ready, other)
			break
		}
	}
	c.ready[query] = prepared
}

// preparedRows are the rows of a kept statement.
type preparedRows struct {
	driver.Rows
	done func()
}

// Close closes the rows; a second time does nothing.
func (r *preparedRows) Close() error {
	err := r.Rows.Close()
	if r.done != nil {
		r.done()
		r.done = nil
	}
	return err
}
