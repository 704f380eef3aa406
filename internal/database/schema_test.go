package database_test

import (
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gorm.io/gorm/schema"

	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
	"longrun/migrations"
)

func migrationNames(t *testing.T, kind database.Kind) []string {
	t.Helper()
	files, err := fs.Glob(migrations.Files, string(kind)+"/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no migrations for %s: %v", kind, err)
	}
	for i := range files {
		files[i] = path.Base(files[i])
	}
	return files
}

func TestTheMigrationsOfBothEnginesAreInStep(t *testing.T) {
	sqlite, postgres := migrationNames(t, database.SQLite), migrationNames(t, database.Postgres)
	if diff := cmp.Diff(sqlite, postgres); diff != "" {
		t.Errorf("SQLite's and PostgreSQL's migrations differ: %s", diff)
	}
	name := regexp.MustCompile(`^\d{4}_[a-z_]+\.sql$`)
	for i, file := range sqlite {
		if !name.MatchString(file) {
			t.Errorf("%s is not named NNNN_noun.sql", file)
		}
		var heads []string
		for _, kind := range []database.Kind{database.SQLite, database.Postgres} {
			heads = append(heads, migrationHead(t, kind, file))
		}
		if heads[0] != heads[1] {
			t.Errorf("%s says %q for SQLite and %q for PostgreSQL", file, heads[0], heads[1])
		}
		if got := file[:4]; i > 0 && got <= sqlite[i-1][:4] {
			t.Errorf("%s has the number of another", file)
		}
	}
}

// migrationHead is a migration's first two lines: what it is for, and whether
// the previous release can run on it.
func migrationHead(t *testing.T, kind database.Kind, file string) string {
	t.Helper()
	b, err := fs.ReadFile(migrations.Files, string(kind)+"/"+file)
	if err != nil {
		t.Fatal(err)
	}
	head := regexp.MustCompile(`^-- [A-Z][^\n]+\.\n-- previous release: (yes|no)\n-- \+goose Up\n`).FindString(string(b))
	if head == "" {
		t.Errorf("%s/%s does not begin with what it is for and whether the previous release can run on it", kind, file)
	}
	if !strings.Contains(string(b), "\n-- +goose Down\n") {
		t.Errorf("%s/%s has no way back", kind, file)
	}
	return head
}

func TestBothEnginesHaveTheSameSchema(t *testing.T) {
	sqlite := databasetest.Open(t, database.SQLite)
	postgres := databasetest.Open(t, database.Postgres)
	if diff := cmp.Diff(descriptions(t, sqlite), descriptions(t, postgres)); diff != "" {
		t.Errorf("columns (-SQLite +PostgreSQL): %s", diff)
	}
	if diff := cmp.Diff(indexesOf(t, sqlite), indexesOf(t, postgres)); diff != "" {
		t.Errorf("indexes (-SQLite +PostgreSQL): %s", diff)
	}
	if diff := cmp.Diff(foreignKeysOf(t, sqlite), foreignKeysOf(t, postgres)); diff != "" {
		t.Errorf("foreign keys (-SQLite +PostgreSQL): %s", diff)
	}
}

func descriptions(t *testing.T, db *database.DB) []string {
	t.Helper()
	var lines []string
	for _, c := range columnsOf(t, db) {
		lines = append(lines, fmt.Sprintf("%s.%s: %s, identity=%v", c.Relation, c.Name, c.describe(), c.Identity))
	}
	return lines
}

// TestEveryColumnIsOfTheTableOfTypes keeps out types that work on one engine
// and mean something else on the other.
func TestEveryColumnIsOfTheTableOfTypes(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		known := map[string]bool{}
		for _, c := range columnTypes {
			known[map[database.Kind]string{database.SQLite: c.sqlite, database.Postgres: c.postgres}[db.Kind()]] = true
		}
		for _, c := range columnsOf(t, db) {
			if !known[c.Type] {
				t.Errorf("%s.%s is a %s, which is not in the table of column types", c.Relation, c.Name, c.Type)
			}
		}
	})
}

// rowStructs are the structs that are rows, by table.
func rowStructs() map[string]any {
	structs := map[string]any{
		"audit_entries":     database.AuditRow{},
		"settings_versions": database.SettingsRow,
		"staff":             shop.Staff{},
	}
	for _, row := range []any{
		shop.Job{}, shop.Mail{}, shop.Link{}, shop.Step{}, shop.Change{},
		shop.Product{}, shop.ProductOption{}, shop.ProductTag{}, shop.ProductField{}, shop.ProductImage{}, shop.Picture{},
		shop.Variant{}, shop.VariantField{}, shop.Collection{}, shop.CollectionProduct{},
		shop.StockLevel{}, shop.StockMovement{}, shop.StockHold{},
		shop.Cart{}, shop.CartLine{}, shop.LineProperty{}, shop.CartAttribute{},
		shop.Order{}, shop.OrderLine{}, shop.OrderLineProperty{}, shop.OrderUnit{},
		shop.OrderTender{}, shop.OrderAttribute{}, shop.OrderContact{},
		shop.PaymentAttempt{}, shop.StripeEvent{}, shop.Refund{},
		shop.StaffSession{}, shop.StaffRecoveryCode{}, shop.SignInCount{},
		shop.Redirect{}, shop.Parcel{}, shop.ParcelUnit{}, shop.OrderWord{}, shop.RefundUnit{}, shop.Alarm{}, shop.VerifyRun{}, shop.ContactMessage{}, shop.OrderVisitor{}, shop.PrivacyRequest{}, shop.RetentionCount{}, shop.Dispute{},
		shop.Discount{}, shop.DiscountProduct{}, shop.DiscountCollection{}, shop.DiscountUse{}, shop.StockWait{},
		shop.Account{}, shop.AccountEmail{}, shop.AccountSession{}, shop.AccountSignIn{}, shop.AccountEmailChange{}, shop.AccountAddress{},
		shop.Return{}, shop.ReturnUnit{},
	} {
		parsed, err := schema.Parse(row, &sync.Map{}, schema.NamingStrategy{})
		if err != nil {
			panic(err)
		}
		structs[parsed.Table] = row
	}
	return structs
}

// withoutStruct are the tables that are read and written by their columns.
var withoutStruct = []string{"audit_details", "audit_head", "counters", "development_clock", "schema_marks"}

func TestEveryRowStructIsItsTable(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		tables := map[string]map[string]string{}
		for _, c := range columnsOf(t, db) {
			if tables[c.Relation] == nil {
				tables[c.Relation] = map[string]string{}
			}
			tables[c.Relation][c.Name] = strings.Replace(c.describe(), "json", "text", 1)
		}
		for table, row := range rowStructs() {
			if diff := cmp.Diff(tables[table], fieldsOf(t, row)); diff != "" {
				t.Errorf("%s and %T (-table +struct): %s", table, row, diff)
			}
			delete(tables, table)
		}
		for _, table := range withoutStruct {
			delete(tables, table)
		}
		for table := range tables {
			t.Errorf("this test knows no struct for the table %s", table)
		}
	})
}

// fieldsOf describes a struct's fields as columns are described.
func fieldsOf(t *testing.T, row any) map[string]string {
	t.Helper()
	parsed, err := schema.Parse(row, &sync.Map{}, schema.NamingStrategy{})
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]string{}
	for _, f := range parsed.Fields {
		if f.DBName == "" {
			continue // what hangs on the row
		}
		fields[f.DBName] = meaningOf(f.IndirectFieldType)
		if f.FieldType.Kind() == reflect.Pointer {
			fields[f.DBName] += " or NULL"
		}
	}
	return fields
}

func meaningOf(field reflect.Type) string {
	if field == reflect.TypeFor[shop.Instant]() {
		return "instant"
	}
	switch field.Kind() {
	case reflect.Int, reflect.Int64:
		return "number"
	case reflect.String:
		return "text"
	case reflect.Slice:
		return "digest"
	}
	return field.Kind().String()
}
