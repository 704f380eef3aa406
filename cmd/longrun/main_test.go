package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"longrun/internal/database"
)

func TestEveryCommandHasHelp(t *testing.T) {
	longrun := shell(t)
	code, out, _ := longrun("help")
	if code != exitOK {
		t.Fatalf("help exits with %d", code)
	}
	for name := range commands() {
		if !strings.Contains(out, "    "+name+" ") {
			t.Errorf("help does not list %s", name)
		}
		if code, _, err := longrun(name, "--help"); code != exitOK || !strings.Contains(err, "longrun "+name) {
			t.Errorf("%s --help exits with %d and says %q", name, code, err)
		}
	}
}

func TestACommandThatMakesNoSenseExitsWithTwo(t *testing.T) {
	longrun := shell(t)
	for _, args := range [][]string{{"nothing"}, {"migrate"}, {"migrate", "sideways"}, {"verify", "--loud"}, {"import"}, {"settings"}} {
		if code, _, err := longrun(args...); code != exitUsage || err == "" {
			t.Errorf("%v exits with %d and says %q", args, code, err)
		}
	}
}

func TestMigrateStatusForScripts(t *testing.T) {
	longrun := shell(t)
	states := func() (applied, all int) {
		code, out, err := longrun("migrate", "status", "--json")
		if code != exitOK {
			t.Fatal(err)
		}
		var list []database.Migration
		if err := json.Unmarshal([]byte(out), &list); err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			if m.Applied {
				applied++
			}
		}
		return applied, len(list)
	}
	if applied, all := states(); applied != 0 || all < 6 {
		t.Errorf("before: %d of %d applied", applied, all)
	}
	for _, step := range []string{"up", "up", "down", "up"} {
		if code, _, err := longrun("migrate", step); code != exitOK {
			t.Fatalf("migrate %s: %s", step, err)
		}
	}
	if applied, all := states(); applied != all {
		t.Errorf("after: %d of %d applied", applied, all)
	}
}

func TestAnUnsafeConfigurationIsNamedAndStopsTheStart(t *testing.T) {
	env := map[string]string{"LONGRUN_ENV": "production", "BASE_URL": "http://shoes.example"}
	for _, command := range []string{"check-config", "serve", "demo"} {
		var out, err bytes.Buffer
		code := run(context.Background(), []string{command}, func(n string) string { return env[n] }, strings.NewReader(""), &out, &err)
		if code != exitFault || !strings.Contains(err.String(), "SECRET_KEY is not set") || !strings.Contains(err.String(), "plain HTTP") {
			t.Errorf("%s exits with %d and says %q", command, code, err.String())
		}
	}
}

func TestTheDemoShopIsForAnEmptyDevelopmentShop(t *testing.T) {
	longrun := shell(t)
	if code, _, err := longrun("demo"); code != exitOK {
		t.Fatal(err)
	}
	if code, _, err := longrun("demo"); code != exitFault || !strings.Contains(err, "has products already") {
		t.Errorf("a second time exits with %d and says %q", code, err)
	}
	if code, out, err := longrun("verify"); code != exitOK {
		t.Errorf("verify exits with %d: %s%s", code, out, err)
	}
}

func TestASettingIsChangedAndShown(t *testing.T) {
	longrun := shell(t)
	if code, _, err := longrun("settings", "set", "free_shipping_over", "12000"); code != exitOK {
		t.Fatal(err)
	}
	if code, out, _ := longrun("settings", "show"); code != exitOK || !strings.Contains(out, "12000") {
		t.Errorf("show exits with %d: %s", code, out)
	}
	if code, _, err := longrun("settings", "set", "free_shipping_over", "much"); code == exitOK || err == "" {
		t.Errorf("a wrong value exits with %d", code)
	}
}
