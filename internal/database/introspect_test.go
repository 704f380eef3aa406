package database_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"longrun/internal/database"
)

// column is a column as an engine describes it, and what it means.
type column struct {
	Relation string
	Name     string
	Type     string
	Nullable bool
	Identity bool // ids that are never used again
	Body     string
}

var instantName = regexp.MustCompile(`(^|_)(at|until)$`)

// meaning puts the types of both engines into the same words. SQLite writes
// instants, bools and numbers as INTEGER; their names and checks tell.
func (c column) meaning() string {
	switch c.Type {
	case "boolean":
		return "bool"
	case "timestamp with time zone":
		return "instant"
	case "bytea", "BLOB":
		return "digest"
	case "json":
		return "json"
	case "TEXT":
		if strings.Contains(c.Body, "json_valid("+c.Name+")") {
			return "json"
		}
		return "text"
	case "INTEGER":
		if strings.Contains(c.Body, "CHECK ("+c.Name+" IN (0, 1))") {
			return "bool"
		}
		if instantName.MatchString(c.Name) && c.Name != "compare_at" { // a price
			return "instant"
		}
	}
	if strings.HasPrefix(c.Type, "text") {
		return "text"
	}
	return "number"
}

func (c column) describe() string {
	s := c.meaning()
	if c.Nullable {
		s += " or NULL"
	}
	return s
}

// columnsOf are the columns of all tables of ours.
func columnsOf(t *testing.T, db *database.DB) []column {
	t.Helper()
	const sqlite = `SELECT m.name AS relation, c.name, c.type, m.sql AS body,
			c."notnull" = 0 AND c.pk = 0 AS nullable,
			c.pk = 1 AND m.sql LIKE '% PRIMARY KEY AUTOINCREMENT%' AS identity
		FROM sqlite_master m JOIN pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'goose_db_version'
		ORDER BY m.name, c.name`
	const postgres = `SELECT table_name AS relation, column_name AS name,
			data_type || coalesce(' COLLATE "' || collation_name || '"', '') AS type,
			is_nullable = 'YES' AS nullable, is_identity = 'YES' AS identity
		FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'goose_db_version'
		ORDER BY table_name COLLATE "C", column_name COLLATE "C"`
	return ask[column](t, db, sqlite, postgres)
}

// ask runs the question in the engine's own words.
func ask[T any](t *testing.T, db *database.DB, sqlite, postgres string) []T {
	t.Helper()
	question := map[database.Kind]string{database.SQLite: sqlite, database.Postgres: postgres}[db.Kind()]
	var rows []T
	if err := database.Raw(db.Reader, t.Context(), &rows, question); err != nil {
		t.Fatal(err)
	}
	if len(rows) == 0 {
		t.Fatal("the engine describes nothing")
	}
	return rows
}

// index is an index as an engine describes it.
type index struct {
	Name     string
	Relation string
	Keys     string
	Only     bool   // unique
	Made     bool   // by CREATE INDEX, and so with a name that we gave
	Body     string // with its condition
}

// expression is a key of an index that is no column.
var expression = regexp.MustCompile(`^CREATE [^(]*\((?:[a-z_]+, )*([a-z]*\([^()]+\))`)

// indexesOf describes all primary keys, unique constraints and indexes, each
// in a line.
func indexesOf(t *testing.T, db *database.DB) []string {
	t.Helper()
	const sqlite = `SELECT i.name, m.name AS relation, i."unique" AS only, i.origin = 'c' AS made,
			(SELECT group_concat(coalesce(k.name, 'expression'), ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno) k) AS keys,
			(SELECT s.sql FROM sqlite_master s WHERE s.name = i.name) AS body
		FROM sqlite_master m JOIN pragma_index_list(m.name) i
		WHERE m.type = 'table' AND m.name <> 'goose_db_version' AND i.origin <> 'pk'
		UNION ALL
		SELECT 'primary key', m.name, TRUE, FALSE,
			(SELECT group_concat(k.name, ', ') FROM (SELECT name FROM pragma_table_info(m.name) WHERE pk > 0 ORDER BY pk) k), ''
		FROM sqlite_master m WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'goose_db_version'`
	const postgres = `SELECT c.relname AS name, r.relname AS relation, x.indisunique AS only,
			NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u')) AS made,
			(SELECT string_agg(pg_get_indexdef(x.indexrelid, n, true), ', ' ORDER BY n)
				FROM generate_series(1, x.indnkeyatts) n) AS keys,
			'WHERE ' || pg_get_expr(x.indpred, x.indrelid) AS body
		FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_class r ON r.oid = x.indrelid
		WHERE r.relnamespace = 'public'::regnamespace AND r.relname <> 'goose_db_version'`
	var lines []string
	for _, i := range ask[index](t, db, sqlite, postgres) {
		if found := expression.FindStringSubmatch(i.Body); found != nil { // SQLite does not say which
			i.Keys = strings.Replace(i.Keys, "expression", found[1], 1)
		}
		name := ""
		if i.Made {
			name = i.Name
		}
		lines = append(lines, fmt.Sprintf("%s %s (%s) unique=%v %s", i.Relation, name, strings.ReplaceAll(i.Keys, `"`, ""), i.Only, condition(i.Body)))
	}
	slices.Sort(lines)
	return lines
}

// condition is a partial index's condition without what PostgreSQL adds when
// it writes one down.
func condition(body string) string {
	_, where, _ := strings.Cut(body, "WHERE ")
	where = strings.NewReplacer("::text", "", "(", "", ")", "", "[", "", "]", "", " ", "", "\n", "").Replace(where)
	return strings.ReplaceAll(strings.ToLower(where), "=anyarray", "in")
}

// foreignKey is a reference from a column to a table.
type foreignKey struct {
	Relation, Key, Other, Deleted string
}

func foreignKeysOf(t *testing.T, db *database.DB) []foreignKey {
	t.Helper()
	const sqlite = `SELECT m.name AS relation, f."from" AS key, f."table" || '.' || f."to" AS other, f.on_delete AS deleted
		FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table' ORDER BY m.name, f."from"`
	const postgres = `SELECT r.relname AS relation, a.attname AS key, o.relname || '.' || b.attname AS other,
			CASE k.confdeltype WHEN 'a' THEN 'NO ACTION' WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SET NULL' END AS deleted
		FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid
		JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
		JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]
		WHERE k.contype = 'f' ORDER BY r.relname COLLATE "C", a.attname COLLATE "C"`
	return ask[foreignKey](t, db, sqlite, postgres)
}
