package stripesim

import (
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// page is what a list request asks for.
type page struct {
	limit          int64
	after, before  string
	status, parent string
	types          []string
	delivered      *bool
	bounds         []bound
	oldestFirst    bool
}

// bound is one comparison with the time of creation.
type bound struct {
	op string
	at int64
}

// list is Stripe's envelope of several objects.
type list struct {
	Object  string            `json:"object"`
	URL     string            `json:"url"`
	HasMore bool              `json:"has_more"`
	Data    []json.RawMessage `json:"data"`
}

// readPage reads what every list understands; created only where Stripe's list does too.
func readPage(p params) page {
	q := page{limit: 10, after: p.str("starting_after", 5000), before: p.str("ending_before", 5000)}
	if n := p.between("limit", 1, 100); n != nil {
		q.limit = *n
	}
	if q.after != "" && q.before != "" {
		p.fail(exclusive("starting_after", "ending_before"))
	}
	return q
}

var comparisons = []struct{ name, op string }{{"gt", ">"}, {"gte", ">="}, {"lt", "<"}, {"lte", "<="}}

func (q *page) readCreated(p params) {
	if !p.has("created") {
		return
	}
	if p.node.parts["created"].leaf {
		if at := p.int("created"); at != nil {
			q.bounds = append(q.bounds, bound{"=", *at})
		}
		return
	}
	created := p.at("created")
	for _, c := range comparisons {
		if at := created.int(c.name); at != nil {
			q.bounds = append(q.bounds, bound{c.op, *at})
		}
	}
}

// list reads one page, newest first unless asked otherwise.
func (l *ledger) list(kind, url string, q page) (*list, error) {
	where, args := q.conditions(kind)
	forward := q.oldestFirst == (q.before == "")
	if cursor := q.after + q.before; cursor != "" {
		var seq int64
		err := l.QueryRowContext(l.ctx, `SELECT seq FROM objects WHERE kind=? AND id=?`, kind, cursor).Scan(&seq)
		if errors.Is(err, sql.ErrNoRows) {
			return nil, noSuch(kind, cursor, "starting_after", 400)
		} else if err != nil {
			return nil, err
		}
		where += map[bool]string{true: " AND seq > ?", false: " AND seq < ?"}[forward]
		args = append(args, seq)
	}
	order := map[bool]string{true: "ASC", false: "DESC"}[forward]
	rows, err := l.QueryContext(l.ctx,
		`SELECT body FROM objects WHERE `+where+` ORDER BY seq `+order+` LIMIT ?`, append(args, q.limit+1)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := &list{Object: "list", URL: url, Data: []json.RawMessage{}}
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		out.Data = append(out.Data, slices.Clone(body))
	}
	if int64(len(out.Data)) > q.limit {
		out.Data, out.HasMore = out.Data[:q.limit], true
	}
	if q.before != "" {
		slices.Reverse(out.Data)
	}
	return out, rows.Err()
}

func (q *page) conditions(kind string) (string, []any) {
	where, args := []string{"kind = ?"}, []any{kind}
	and := func(condition string, value any) {
		where, args = append(where, condition), append(args, value)
	}
	if q.status != "" {
		and("status = ?", q.status)
	}
	if q.parent != "" {
		and("parent = ?", q.parent)
	}
	for _, b := range q.bounds {
		and("created "+b.op+" ?", b.at)
	}
	if len(q.types) > 0 {
		where = append(where, "status IN (?"+strings.Repeat(",?", len(q.types)-1)+")")
		for _, t := range q.types {
			args = append(args, t)
		}
	}
	if q.delivered != nil {
		not := map[bool]string{true: "NOT ", false: ""}[*q.delivered]
		where = append(where, not+`EXISTS (SELECT 1 FROM deliveries d WHERE d.event = objects.id AND d.state <> 'delivered')`)
	}
	return strings.Join(where, " AND "), args
}
