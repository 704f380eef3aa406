package app_test

import (
	"cmp"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// floor is a storey of the house. A package imports only lower ones.
type floor int

const (
	words  floor = iota // the standard library only
	world               // the outside, one adapter each
	ground              // the ground storey of work
	work                // use cases
	doors               // HTTP, HTML, JSON, clock
	wiring              // where everything is put together
	commands
	tests // may import anything, and only tests import it
)

// room is a package's place in the house.
type room struct {
	floor  floor
	arrows []string // what it may import on its own floor
	only   []string // where not nil, the only packages that may import it
}

// house is the picture of ARCHITECTURE.md.
var house = map[string]room{
	"cmd/longrun": {floor: commands},
	"cmd/bench":   {floor: commands},

	"internal/app":    {floor: wiring, arrows: []string{"internal/config", "internal/demo"}},
	"internal/config": {floor: wiring},
	"internal/demo":   {floor: wiring},

	"internal/web":            {floor: doors},
	"internal/web/storefront": {floor: doors, arrows: []string{"internal/web"}},
	"internal/web/staff":      {floor: doors, arrows: []string{"internal/web"}},
	"internal/web/api":        {floor: doors, arrows: []string{"internal/web"}},
	"internal/web/dev":        {floor: doors, arrows: []string{"internal/web"}},
	"internal/jobs":           {floor: doors},

	"internal/access":   {floor: work},
	"internal/accounts": {floor: work},
	"internal/catalog":  {floor: work},
	"internal/cart":     {floor: work},
	"internal/checkout": {floor: work},
	"internal/post":     {floor: work},
	"internal/settings": {floor: work},
	"internal/upkeep":   {floor: work},

	"internal/fulfilment": {floor: work},
	"internal/contact":    {floor: work},
	"internal/waiting":    {floor: work},
	"internal/returns":    {floor: work},
	"internal/privacy":    {floor: work},

	"internal/orders": {floor: ground, arrows: []string{"internal/stock"}},
	"internal/stock":  {floor: ground},

	"internal/database":  {floor: world},
	"internal/payment":   {floor: world},
	"internal/mail":      {floor: world},
	"internal/media":     {floor: world},
	"internal/formats":   {floor: world},
	"internal/stripesim": {floor: world},

	"internal/shop":       {floor: words},
	"internal/shoedraw":   {floor: words},
	"internal/demo/drawn": {floor: words},
	"templates":           {floor: words, only: []string{"internal/app", "internal/web", "internal/mail"}},
	"migrations":          {floor: words, only: []string{"internal/database"}},

	"internal/apptest":               {floor: tests},
	"internal/checkout/checkouttest": {floor: tests},
	"internal/database/databasetest": {floor: tests},
	"internal/testneed":              {floor: tests},
	"internal/stripecontract":        {floor: tests},
}

// alone are the packages that import nothing of ours.
var alone = []string{"internal/stripesim", "internal/shop", "internal/demo/drawn", "templates", "migrations"}

// fenced are modules that only some packages may import, a trailing /… for
// everything below.
var fenced = map[string][]string{
	"gorm.io":                     {"internal/database"},
	"github.com/jackc/pgx":        {"internal/database"},
	"github.com/pressly/goose":    {"internal/database"},
	"modernc.org/sqlite":          {"internal/database", "internal/stripesim"},
	"github.com/stripe/stripe-go": {"internal/payment"},
	"github.com/labstack/echo":    {"internal/web/…"},
	"github.com/wneessen/go-mail": {"internal/mail"},
}

const module = "longrun/"

func TestPackagesImportOnlyLowerFloors(t *testing.T) {
	for pkg, imports := range packages(t, "../..") {
		if _, ok := house[pkg]; !ok {
			t.Errorf("%s is not in the table of the house", pkg)
			continue
		}
		for _, imported := range imports {
			if flaw := flawOf(pkg, imported); flaw != "" {
				t.Error(flaw)
			}
		}
	}
}

// packages gives the imports of every package below root, without those of
// its tests.
func packages(t *testing.T, root string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, entry fs.DirEntry, err error) error {
		switch base := path.Base(name); {
		case err != nil:
			return err
		case entry.IsDir() && base != "." && (base[0] == '.' || base[0] == '_' || base == "testdata"):
			return fs.SkipDir
		case entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		imports, err := importsOf(filepath.Join(root, name))
		found[path.Dir(name)] = append(found[path.Dir(name)], imports...)
		return err
	})
	if err != nil || len(found) == 0 {
		t.Fatalf("no packages found: %v", err)
	}
	for pkg, imports := range found {
		slices.Sort(imports)
		found[pkg] = slices.Compact(imports)
	}
	return found
}

func importsOf(file string) ([]string, error) {
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var imports []string
	for _, spec := range parsed.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		imports = append(imports, imported)
	}
	return imports, nil
}

// flawOf says what is wrong with an import, "" when nothing is.
func flawOf(pkg, imported string) string {
	if ours, ok := strings.CutPrefix(imported, module); ok {
		return flawOfOurs(pkg, ours)
	}
	first, _, _ := strings.Cut(imported, "/")
	if !strings.Contains(first, ".") { // the standard library
		return ""
	}
	if house[pkg].floor == words {
		return fmt.Sprintf("%s imports %s: words have the standard library only", pkg, imported)
	}
	for fence, inside := range fenced {
		if below(imported, fence) && !slices.ContainsFunc(inside, func(p string) bool { return within(pkg, p) }) {
			if house[pkg].floor != tests {
				return fmt.Sprintf("%s imports %s: only %s may", pkg, imported, strings.Join(inside, " and "))
			}
		}
	}
	return ""
}

func flawOfOurs(pkg, imported string) string {
	from, to := house[pkg], house[imported]
	switch _, known := house[imported]; {
	case !known:
		return fmt.Sprintf("%s imports %s, which is not in the table of the house", pkg, imported)
	case from.floor == tests:
		return ""
	case to.floor == tests:
		return fmt.Sprintf("%s imports %s: only tests may", pkg, imported)
	case slices.Contains(alone, pkg):
		return fmt.Sprintf("%s imports %s: it is to import nothing of ours", pkg, imported)
	case to.only != nil && !slices.Contains(to.only, pkg):
		return fmt.Sprintf("%s imports %s: only %s may", pkg, imported, strings.Join(to.only, " and "))
	case to.floor > from.floor:
		return fmt.Sprintf("%s imports %s, which is on a higher floor", pkg, imported)
	case to.floor == from.floor && !slices.Contains(from.arrows, imported):
		return fmt.Sprintf("%s imports %s, its neighbour: no such arrow is in the table", pkg, imported)
	}
	return ""
}

// below says whether a path is a module's or that of something in it.
func below(imported, fence string) bool {
	return imported == fence || strings.HasPrefix(imported, fence+"/")
}

// within says whether a package is the one named or, with /…, one below it.
func within(pkg, named string) bool {
	tree, all := strings.CutSuffix(named, "/…")
	return pkg == tree || all && strings.HasPrefix(pkg, tree+"/")
}

func TestEachKindOfWrongImportIsSeen(t *testing.T) {
	tests := []struct{ name, pkg, imported, want string }{
		{"a package below", "internal/cart", "longrun/internal/database", ""},
		{"the ground storey", "internal/checkout", "longrun/internal/orders", ""},
		{"a named arrow", "internal/web/dev", "longrun/internal/web", ""},
		{"the standard library", "internal/shop", "encoding/json", ""},
		{"a fenced module inside its fence", "internal/web/storefront", "github.com/labstack/echo/v4", ""},
		{"a test package in another", "internal/apptest", "longrun/internal/database/databasetest", ""},
		{"a higher floor", "internal/database", "longrun/internal/cart", "higher floor"},
		{"work above the ground storey", "internal/orders", "longrun/internal/checkout", "higher floor"},
		{"a neighbour", "internal/cart", "longrun/internal/checkout", "neighbour"},
		{"a named arrow backwards", "internal/web", "longrun/internal/web/dev", "neighbour"},
		{"a package nobody knows", "internal/cart", "longrun/internal/helpers", "not in the table"},
		{"GORM outside database", "internal/checkout", "gorm.io/gorm", "only internal/database"},
		{"GORM's driver outside database", "internal/app", "gorm.io/driver/postgres", "only internal/database"},
		{"stripe-go outside payment", "internal/orders", "github.com/stripe/stripe-go/v76/webhook", "only internal/payment"},
		{"echo outside web", "internal/app", "github.com/labstack/echo/v4/middleware", "only internal/web"},
		{"a module among words", "internal/shop", "golang.org/x/text/language", "standard library only"},
		{"the templates elsewhere", "internal/orders", "longrun/templates", "only internal/app"},
		{"the migrations elsewhere", "internal/app", "longrun/migrations", "only internal/database"},
		{"the simulator with our words", "internal/stripesim", "longrun/internal/shop", "nothing of ours"},
		{"words with each other", "internal/demo/drawn", "longrun/internal/shop", "nothing of ours"},
		{"a test package in the program", "internal/app", "longrun/internal/apptest", "only tests"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := flawOf(tt.pkg, tt.imported)
			if cmp.Or(tt.want, got) == "" {
				return
			}
			if tt.want == "" || !strings.Contains(got, tt.want) {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}
