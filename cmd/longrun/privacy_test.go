package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatIsHeldIsShownExportedAndErasedByACommand(t *testing.T) {
	longrun := shell(t)
	file := filepath.Join(t.TempDir(), "ada.zip")
	for _, tt := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"privacy"}, exitUsage, ""},
		{[]string{"privacy", "forget", "ada@runner.example"}, exitUsage, ""},
		{[]string{"privacy", "show"}, exitUsage, ""},
		{[]string{"privacy", "show", "ada@"}, exitFault, ""},
		{[]string{"privacy", "show", "ada@runner.example"}, exitOK, "orders    0"},
		{[]string{"privacy", "show", "ada@runner.example", "--json"}, exitOK, `"erasure_waits_for": []`},
		{[]string{"privacy", "erase", "ada@runner.example"}, exitOK, "orders    0"},
		{[]string{"privacy", "export", "ada@runner.example", "--output", file}, exitOK, ""},
		{[]string{"privacy", "export", "ada@runner.example"}, exitOK, "README.txt"},
		{[]string{"privacy", "erase", "ada@runner.example", "--yes"}, exitOK, "Erased."},
		{[]string{"privacy", "wipe"}, exitOK, "written anew"},
		{[]string{"verify"}, exitOK, "0 violations"},
	} {
		code, out, err := longrun(tt.args...)
		if code != tt.code || !strings.Contains(out, tt.says) {
			t.Errorf("%v exits with %d: %.300s%.300s", tt.args, code, out, err)
		}
	}
}
