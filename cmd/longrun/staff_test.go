package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

func TestTheFirstOwnerIsMadeByACommand(t *testing.T) {
	longrun := shell(t)
	if code, out, _ := longrun("staff", "list", "--json"); code != exitOK || strings.TrimSpace(out) != "[]" {
		t.Fatalf("a new shop has people already: %d %s", code, out)
	}
	code, out, err := longrun("staff", "add", "Ada@Shop.example", "--name", "Ada Moss")
	if code != exitOK || !regexp.MustCompile(`https?://[^/]+/staff/invitation/[a-z2-7]{26}\n`).MatchString(out) {
		t.Fatalf("add exits with %d: %s%s", code, out, err)
	}
	if code, _, err := longrun("staff", "add", "ada@shop.example", "--name", "Ada"); code != exitFault || !strings.Contains(err, "already") {
		t.Errorf("the same address again exits with %d: %s", code, err)
	}
	if code, _, err := longrun("staff", "add", "no address", "--name", "Ada"); code != exitFault || err == "" {
		t.Errorf("no address exits with %d", code)
	}
	code, out, err = longrun("staff", "reset", "ada@shop.example", "--json")
	var link struct{ URL string }
	if json.Unmarshal([]byte(out), &link) != nil || code != exitOK || link.URL == "" {
		t.Errorf("reset exits with %d: %s%s", code, out, err)
	}
	if code, out, _ := longrun("staff", "list"); code != exitOK || !strings.Contains(out, "ada@shop.example  Ada Moss  owner  invited  false") {
		t.Errorf("list exits with %d: %s", code, out)
	}
	if code, _, err := longrun("staff", "disable", "ADA@shop.example"); code != exitOK {
		t.Errorf("disable exits with %d: %s", code, err)
	}
	if code, _, err := longrun("staff", "reset", "eve@shop.example"); code != exitFault || err == "" {
		t.Errorf("somebody unknown exits with %d", code)
	}
	for _, args := range [][]string{{"staff"}, {"staff", "add"}, {"staff", "add", "x@y.example"}, {"staff", "promote", "x"}} {
		if code, _, _ := longrun(args...); code != exitUsage {
			t.Errorf("%v exits with %d", args, code)
		}
	}
	if code, out, err := longrun("verify"); code != exitOK {
		t.Errorf("verify exits with %d: %s%s", code, out, err)
	}
}
