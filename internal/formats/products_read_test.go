package formats_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/formats"
	"longrun/internal/shop"
)

// records reads a whole file as handle, line and the cells of one column.
func records(t testing.TB, file string, c formats.Column) ([]string, error) {
	t.Helper()
	r, err := formats.NewProductReader(strings.NewReader(file))
	if err != nil {
		return nil, err
	}
	var got []string
	for {
		record, err := r.Next()
		if errors.Is(err, io.EOF) {
			return got, nil
		}
		if err != nil {
			return got, err
		}
		text := record.Handle + "@" + string(rune('0'+record.Line)) + ":"
		for _, row := range record.Rows {
			cell, present := row.Cell(c)
			if !present {
				cell = "absent"
			}
			text += " [" + cell + "]"
		}
		got = append(got, text)
	}
}

func TestProductReader(t *testing.T) {
	tests := []struct {
		name, file string
		column     formats.Column
		want       []string
	}{
		{"rows of one handle are one product", "Handle,Title,Variant SKU\na,A,1\na,,2\nb,B,3\n", formats.SKU,
			[]string{"a@2: [1] [2]", "b@4: [3]"}},
		{"handles that differ in case are one", "Handle,Title,Variant SKU\nA b,A,1\na-b,,2\n", formats.SKU, []string{"A b@2: [1] [2]"}},
		{"new column names", "Title,URL handle,SKU\nA,a,1\n", formats.SKU, []string{"a@2: [1]"}},
		{"mixed names in any case, padded", " TITLE ,url HANDLE,Variant  SKU\nA,a,1\n", formats.SKU, []string{"a@2: [1]"}},
		{"a byte order mark", "\ufeffHandle,Title\na,A\n", formats.Title, []string{"a@2: [A]"}},
		{"CRLF and no newline at the end", "Handle,Title\r\na,A\r\nb,B", formats.Title, []string{"a@2: [A]", "b@3: [B]"}},
		{"a line that ends early says nothing about the rest", "Handle,Title,Vendor\na,A", formats.Vendor, []string{"a@2: [absent]"}},
		{"a blank cell is there", "Handle,Title,Vendor\na,A,\n", formats.Vendor, []string{"a@2: []"}},
		{"an absent column is not", "Handle,Title\na,A\n", formats.Vendor, []string{"a@2: [absent]"}},
		{"no-break spaces and padding go", "Handle,Title\na,\u00a0 A\u00a0\u00a0B \n", formats.Title, []string{"a@2: [A B]"}},
		{"text of several lines is kept and lines are counted", "Handle,Body (HTML),Title\na,\"<p>\nx\n</p>\",A\nb,,B\n", formats.Body,
			[]string{"a@2: [<p>\nx\n</p>]", "b@5: []"}},
		{"CRLF inside quotes becomes LF", "Handle,Body (HTML)\r\na,\"x\r\ny\"\r\n", formats.Body, []string{"a@2: [x\ny]"}},
		{"blank lines between are nothing", "Handle,Title\na,A\n,\n\n , \nb,B\n", formats.Title, []string{"a@2: [A]", "b@6: [B]"}},
		{"a handle that comes back is another record", "Handle,Title\na,A\nb,B\na,\n", formats.Title,
			[]string{"a@2: [A]", "b@3: [B]", "a@4: []"}},
		{"without handles each title begins one", "Title,SKU\nA,1\n,2\nB,3\n", formats.SKU, []string{"@2: [1] [2]", "@4: [3]"}},
		{"blank columns at the end", "Handle,Title,,\na,A,,\n", formats.Title, []string{"a@2: [A]"}},
		{"an apostrophe before a formula is taken off", "Handle,Title\na,'=A\n", formats.Title, []string{"a@2: [=A]"}},
		{"an apostrophe before a number stays", "Handle,Variant SKU\na,'100\n", formats.SKU, []string{"a@2: ['100]"}},
		{"a shoe fact by its key, whatever its label", "Handle,Sprengung (product.metafields.longrun.drop_mm)\na,8\n",
			formats.DropMM, []string{"a@2: [8]"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := records(t, tt.file, tt.column)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestProductReaderRefuses(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"an empty file", "", "empty"},
		{"another kind of file", "a,b\n1,2\n", "line 1 names neither"},
		{"UTF-16", "\xff\xfeH\x00", "UTF-16"},
		{"Latin-1", "Handle,Title\na,A\nb,caf\xe9\n", "line 3 is not UTF-8"},
		{"a quotation mark that never ends", "Handle,Title\na,\"A\nb,B\n", "line 2"},
		{"a stray quotation mark", "Handle,Title\na,A\nb,B \"x\" y\n", "line 3"},
		{"more cells than columns", "Handle,Title\na,A,more\n", "line 2 has 3 cells"},
		{"a column twice under two names", "Handle,URL handle,Title\n", "twice"},
		{"a NUL", "Handle,Title\na,A\x00\n", "NUL"},
		{"too many rows of one product", "Handle,Title\n" + strings.Repeat("a,A\n", formats.MaxRows+1), "more than 2298 rows"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := records(t, tt.file, formats.Title)
			if shop.KindOf(err) != shop.KindInvalid || !strings.Contains(shop.MessageOf(err), tt.want) {
				t.Errorf("error is %v, want a sentence with %q", err, tt.want)
			}
		})
	}
}

func TestExtras(t *testing.T) {
	r, err := formats.NewProductReader(strings.NewReader(
		"Handle,Wierzch (product.metafields.custom.upper),Google Shopping / MPN,Colour note,(variant.metafields.a.b)\na,mesh; knit, x ,,'=1\n"))
	if err != nil {
		t.Fatal(err)
	}
	record, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	want := []formats.Extra{
		{Name: "product.metafields.custom.upper", Value: "mesh; knit"},
		{Name: "Google Shopping / MPN", Value: "x", OfVariant: true},
		{Name: "Colour note"},
		{Name: "variant.metafields.a.b", Value: "=1", OfVariant: true},
	}
	if diff := cmp.Diff(want, record.Rows[0].Extras()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// FuzzProductReader: any bytes give products or a sentence, never a panic,
// and lines only go up.
func FuzzProductReader(f *testing.F) {
	f.Add([]byte("Handle,Title\na,\"A\"\n"))
	f.Add([]byte("\xef\xbb\xbfTitle,Price\r\nA,1.00\r\n,2"))
	f.Add([]byte("Handle,X (product.metafields.a.b)\n'=1,\"\n\"\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		r, err := formats.NewProductReader(strings.NewReader(string(file)))
		last := 1
		for err == nil {
			var record formats.ProductRecord
			record, err = r.Next()
			for _, row := range record.Rows {
				if row.Line <= last {
					t.Fatalf("line %d after line %d", row.Line, last)
				}
				last = row.Line
				row.Extras()
				row.IsVariant()
			}
		}
		if !errors.Is(err, io.EOF) && shop.MessageOf(err) == "" {
			t.Errorf("an error without a sentence: %v", err)
		}
	})
}
