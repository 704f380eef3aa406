package main

import (
	"database/sql/driver"
	"testing"
	"time"
)

func said(sql string, rows [][]driver.Value, args ...any) call {
	c := call{sql: sql, query: rows != nil, rows: rows}
	for i, a := range args {
		c.args = append(c.args, driver.NamedValue{Ordinal: i + 1, Value: a})
	}
	return c
}

func TestAScriptKnowsWhatDiffersBetweenPurchases(t *testing.T) {
	purchase := func(id int64, token string, at time.Time) []call {
		return []call{
			said("INSERT INTO bags … RETURNING id", [][]driver.Value{{id}}, token, at, `{"bag":"`+token+`"}`),
			said("SELECT …", [][]driver.Value{{"usd", token}}, token),
			said("UPDATE …", nil, id, at.Add(time.Minute), "usd", token),
		}
	}
	now := time.Now()
	s, err := compare(purchase(7, "ab-12", now), purchase(8, "cd-34", now.Add(time.Second)))
	if err != nil {
		t.Fatal(err)
	}
	fresh, began := map[string]any{}, now.Add(time.Hour)
	answers := [][][]any{{{int64(900)}}, {{"usd", "another purchase's"}}, nil}
	first, last := s[0].given(began, answers, fresh), s[2].given(began, answers, fresh)
	if first[0] == "ab-12" || first[0] != last[3] || len(first[0].(string)) != 5 {
		t.Errorf("the token is %v and then %v", first[0], last[3])
	}
	if first[2] != `{"bag":"ab-12"}` {
		t.Errorf("the document is %v", first[2])
	}
	if last[0] != int64(900) || last[2] != "usd" {
		t.Errorf("the id is %v, the currency %v", last[0], last[2])
	}
	if got := last[1].(time.Time).Sub(began).Round(time.Second); got != time.Minute {
		t.Errorf("a moment is %s after the beginning", got)
	}
}

func TestPurchasesOfDifferentStatementsMakeNoScript(t *testing.T) {
	one, two := []call{said("SELECT 1", nil)}, []call{said("SELECT 2", nil)}
	if _, err := compare(one, two); err == nil {
		t.Error("they do")
	}
	if _, err := compare(one, nil); err == nil {
		t.Error("they do, of another length")
	}
}
