package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longrun/internal/catalog"
)

// shell runs commands on a shop of its own.
func shell(t *testing.T) func(args ...string) (code int, stdout, stderr string) {
	t.Helper()
	dir := t.TempDir()
	env := map[string]string{"DATABASE_URL": "sqlite:" + filepath.Join(dir, "longrun.db"), "DATA_DIR": dir}
	return func(args ...string) (int, string, string) {
		var out, err bytes.Buffer
		code := run(context.Background(), args, func(name string) string { return env[name] }, strings.NewReader(""), &out, &err)
		return code, out.String(), err.String()
	}
}

func fileOf(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "products.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestImportAndExportProducts(t *testing.T) {
	longrun := shell(t)
	file := fileOf(t, "Handle,Title,Variant Price\nridge,Ridge,120\nbad,Bad,x\n")
	report := func(want int, args ...string) (r catalog.Report) {
		t.Helper()
		code, out, errs := longrun(append([]string{"import", "products", "--json"}, args...)...)
		if code != want {
			t.Fatalf("exit %d: %s", code, errs)
		}
		if err := json.Unmarshal([]byte(out), &r); err != nil {
			t.Fatalf("%v in %s", err, out)
		}
		return r
	}
	if r := report(1, file, "--dry-run"); r.Products.Made != 1 || len(r.Refused) != 1 || r.Refused[0].Line != 3 {
		t.Errorf("the dry run reports %+v", r)
	}
	if r := report(1, file); r.Products.Made != 1 || r.Products.Left != 0 {
		t.Errorf("a real run after a dry one reports %+v", r)
	}
	output := filepath.Join(t.TempDir(), "out.csv")
	if code, _, errs := longrun("export", "products", "--output", output); code != 0 {
		t.Fatal(errs)
	}
	if r := report(0, output); r.Products.Left != 1 || r.Products.Made != 0 {
		t.Errorf("the export comes back as %+v", r)
	}
	code, out, _ := longrun("export", "products")
	if written, _ := os.ReadFile(output); code != 0 || out != string(written) {
		t.Errorf("standard output got %s", out)
	}
}

func TestImportSaysWhatIsWrong(t *testing.T) {
	tests := []struct {
		name string
		args []string
		code int
		want string
	}{
		{"no file", []string{"import", "products"}, 2, "longrun import products FILE"},
		{"an unknown thing", []string{"import", "shoes", "x.csv"}, 2, "longrun import products FILE"},
		{"an unknown flag", []string{"import", "products", "x.csv", "--wet-run"}, 2, "wet-run"},
		{"a file that is not there", []string{"import", "products", "nowhere.csv"}, 1, "nowhere.csv"},
		{"a file of something else", []string{"import", "products", fileOf(t, "a,b\n")}, 1, "line 1 names neither"},
		{"a refused product, with its line", []string{"import", "products", fileOf(t, "Handle,Title,Price\na,A,x\n")}, 1, `line 2, a: Variant Price: "x"`},
		{"help", []string{"import", "--help"}, 0, "changes nothing"},
		{"an unknown export", []string{"export", "shoes"}, 2, "longrun export products"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, out, errs := shell(t)(tt.args...)
			if code != tt.code || !strings.Contains(out+errs, tt.want) {
				t.Errorf("exit %d: %s%s", code, out, errs)
			}
		})
	}
}
