package catalog_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/shop"
)

const ridge = `Handle,Title,Body (HTML),Vendor,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Image Src,Image Position,Status
ridge,Ridge,<p>Light.</p>,Hollow,"road, wide",true,Size,9,R-9,shopify,5,deny,120.00,150,https://pictures.example/1.jpg,1,active
ridge,,,,,,,9.5,R-95,shopify,0,deny,120.00,,https://pictures.example/2.jpg,2,
`

func product(t testing.TB, db *database.DB, handle string) shop.Product {
	t.Helper()
	found, err := db.ProductsByHandles(context.Background(), []string{handle})
	if err != nil {
		t.Fatal(err)
	}
	p, ok := found[handle]
	if !ok {
		t.Fatalf("there is no product %s", handle)
	}
	return p
}

// brief says what an import can change of a product.
func brief(p shop.Product) string {
	s := fmt.Sprintf("%s|%s|%s|%s|%v|", p.Title, p.Description, p.Vendor, p.Status, p.Published)
	for _, t := range p.Tags {
		s += t.Tag + " "
	}
	for _, o := range p.Options {
		s += "|" + o.Name
	}
	for _, v := range p.Variants {
		compare := ""
		if v.CompareAt != nil {
			compare = " was " + v.CompareAt.String()
		}
		s += fmt.Sprintf("|%s %s %s%s %s", v.Title(), v.SKU, v.Price, compare, v.Policy)
		if v.Tracked {
			s += fmt.Sprintf(" %d", v.Stock.OnHand)
		}
	}
	for _, i := range p.Images {
		s += "|" + strings.TrimPrefix(i.SourceURL, "https://pictures.example/") + "@" + fmt.Sprint(i.Position)
	}
	return s
}

func TestASecondFileOverwritesWhatItNames(t *testing.T) {
	const before = "Ridge|<p>Light.</p>|Hollow|active|true|road wide |Size|9 R-9 $120.00 was $150.00 deny 5|9.5 R-95 $120.00 deny 0|1.jpg@1|2.jpg@2"
	tests := []struct{ name, file, want string }{
		{"an absent column leaves what is there", "Handle,Title\nridge,Ridge 2\n", strings.Replace(before, "Ridge", "Ridge 2", 1)},
		{"a blank cell takes a text away", "Handle,Title,Vendor,Tags\nridge,Ridge,,\n", strings.NewReplacer("Hollow", "", "road wide ", "").Replace(before)},
		{"a blank title, price, status or quantity says nothing",
			"Handle,Title,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Status\nridge,,9,R-9,,,\n", before},
		{"a blank compare-at price takes it away", "Handle,Option1 Value,Compare-at price\nridge,9,\n",
			strings.Replace(before, " was $150.00", "", 1)},
		{"new names and TRUE for continue", "URL handle,Option1 value,SKU,Price,Continue selling when out of stock\nridge,9,R-9,99.5,TRUE\n",
			strings.Replace(before, "$120.00 was $150.00 deny", "$99.50 was $150.00 continue", 1)},
		{"a new variant joins and the others stay", "Handle,Option1 Value,Variant Price\nridge,10,130\n",
			strings.Replace(before, "|1.jpg", "|10  $130.00 deny|1.jpg", 1)},
		{"a new image joins and the others stay", "Handle,Image Src\nridge,//pictures.example/3.jpg\n", before + "|3.jpg@3"},
		{"an image is moved", "Handle,Image Src,Image Position\nridge,https://pictures.example/1.jpg,3\n",
			strings.Replace(before, "|1.jpg@1|2.jpg@2", "|2.jpg@2|1.jpg@3", 1)},
		{"an option gets another name", "Handle,Option1 Name,Option1 Value\nridge,Shoe size,9\n", strings.Replace(before, "|Size", "|Shoe size", 1)},
		{"a count moves by the difference", "Handle,Option1 Value,Inventory quantity\nridge,9,7\n", strings.Replace(before, "deny 5", "deny 7", 1)},
		{"a blank tracker ends the counting", "Handle,Option1 Value,Inventory tracker\nridge,9,\n", strings.Replace(before, "deny 5", "deny", 1)},
		{"the handle is found however it is written", "Handle,Title\nRídge ,Ridge 2\n", strings.Replace(before, "Ridge", "Ridge 2", 1)},
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		for i, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				c := open(t, db)
				handle := fmt.Sprintf("ridge-%d", i)
				renamed := func(file string) []byte {
					return []byte(strings.NewReplacer("\nridge,", "\n"+handle+",", "\nRídge ,", fmt.Sprintf("\nRídge %d ,", i)).Replace(file))
				}
				importing(t, c, renamed(ridge), false)
				if got := brief(product(t, db, handle)); got != before {
					t.Fatalf("it begins as\n%s", got)
				}
				report := importing(t, c, renamed(tt.file), false)
				if diff := cmp.Diff(tt.want, brief(product(t, db, handle))); diff != "" {
					t.Errorf("(-want +got):\n%s\n%+v", diff, report)
				}
				if changed := report.Products.Changed == 1; changed != (tt.want != before) {
					t.Errorf("the report says %+v", report)
				}
				sameAgain(t, c, db, renamed(tt.file))
			})
		}
	})
}

func TestImportRefuses(t *testing.T) {
	tests := []struct {
		name, file string
		want       []string // "line: part of the sentence"
	}{
		{"a price that is none", "Handle,Title,Variant Price\na,A,12\nb,B,\"1,200\"\n", []string{`3: "1,200" is not an amount`}},
		{"every mistake of a product", "Handle,Title,Published,Option1 Name,Option1 Value,Variant Price,Variant Inventory Qty\nb,B,maybe,Size,9,x,some\n",
			[]string{"2: neither true nor false", `2: "x"`, `2: Variant Inventory Qty is "some"`}},
		{"a new product without a title", "Handle,Variant Price\nb,1\n", []string{"2: no title"}},
		{"neither handle nor title", "Handle,Title,Vendor\n,,Hollow\n", []string{"2: neither a handle nor a title"}},
		{"a handle that comes back", "Handle,Title\nb,B\na,A\nB ,B again\n", []string{"4: the handle b stands in line 2 already"}},
		{"the same variant twice", "Handle,Title,Option1 Name,Option1 Value\nb,B,Size,9\nb,,,9\n", []string{"3: the variant 9 stands in line 2 already"}},
		{"a variant without one of its options", "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value\nb,B,Size,9,Width,D\nb,,,9,,\n",
			[]string{"3: the variant has no Width"}},
		{"values of an option without a name", "Handle,Title,Option1 Value\nb,B,9\n", []string{"2: option 1 has values but no name"}},
		{"a picture that is no address", "Handle,Title,Image Src\nb,B,javascript:alert(1)\n", []string{"2: not the address of a picture"}},
		{"a picture in a file", "Handle,Title,Image Src\nb,B,file:///etc/passwd\n", []string{"2: not the address of a picture"}},
		{"an unknown status", "Handle,Title,Status\nb,B,live\n", []string{`2: Status is "live"`}},
		{"an unknown unit", "Handle,Title,Variant Weight Unit\nb,B,stone\n", []string{"2: not g, kg, oz or lb"}},
		{"an unlikely drop", "Handle,Title,(product.metafields.longrun.drop_mm)\nb,B,80\n", []string{"2: not a whole number from -20 to 40"}},
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		for _, tt := range tests {
			t.Run(tt.name, func(t *testing.T) {
				report := importing(t, open(t, db), []byte(tt.file), true)
				if len(report.Refused) != len(tt.want) {
					t.Fatalf("refused are %+v", report.Refused)
				}
				for i, want := range tt.want {
					line, part, _ := strings.Cut(want, ": ")
					r := report.Refused[i]
					if fmt.Sprint(r.Line) != line || !strings.Contains(r.Message, part) {
						t.Errorf("refused is %+v, want %s", r, want)
					}
				}
			})
		}
	})
}

func TestTheNumberOfOptionsStays(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		importing(t, c, []byte(ridge), false)
		for _, file := range []string{
			"Handle,Option1 Value,Option2 Name,Option2 Value\nridge,9,Width,D\n",
			"Handle,Option1 Name,Option1 Value,Variant Price\nridge,Title,Default Title,1\n",
		} {
			report := importing(t, c, []byte(file), false)
			if report.Products.Refused != 1 || !strings.Contains(report.Refused[0].Message, "does not change their number") {
				t.Errorf("the report is %+v", report)
			}
		}
	})
}

func TestTheOrderOfOptionsStays(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		importing(t, c, []byte("Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value\na,A,Size,9,Width,D\n"), false)
		report := importing(t, c, []byte("Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value\na,A,width,D,size,9\n"), false)
		if report.Products.Refused != 1 || !strings.Contains(report.Refused[0].Message, "width is option 1 in the file and option 2") {
			t.Errorf("the report is %+v", report)
		}
	})
}

func TestADefaultVariantBecomesTheFirstOfTheOptions(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		importing(t, c, []byte("Handle,Title,Variant Price\na,A,5\n"), false)
		before := product(t, db, "a")
		importing(t, c, []byte("Handle,Title,Option1 Name,Option1 Value,Variant Price\na,A,Size,S,6\na,,,M,7\n"), false)
		after := product(t, db, "a")
		if got, want := brief(after), "A|||active|true||Size|S  $6.00 deny|M  $7.00 deny"; got != want {
			t.Errorf("it is %s", got)
		}
		if after.Variants[0].ID != before.Variants[0].ID {
			t.Error("the variant that orders may name is gone")
		}
	})
}

func TestAFileThatCannotBeReadToItsEndWritesNothing(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		file := ridge + "last,\"Last\n"
		_, err := open(t, db).Import(t.Context(), bytes.NewReader([]byte(file)), catalog.ImportOptions{Who: "command"})
		if shop.KindOf(err) != shop.KindInvalid || !strings.Contains(shop.MessageOf(err), "line 4") {
			t.Errorf("error is %v", err)
		}
		if n, _ := db.ProductCount(t.Context(), 10); n != 0 {
			t.Errorf("%d products were written", n)
		}
	})
}

func TestAProductWithAMistakeIsRefusedWholeAndTheOthersAreNot(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		report := importing(t, open(t, db), []byte("Handle,Title,Option1 Name,Option1 Value,Variant Price\na,A,Size,S,6\na,,,M,x\nb,B,Size,S,1\n"), false)
		if report.Products != (catalog.Count{Made: 1, Refused: 1}) || report.Variants.Made != 1 {
			t.Errorf("the report is %+v", report)
		}
		if n, _ := db.ProductCount(t.Context(), 10); n != 1 {
			t.Errorf("there are %d products", n)
		}
	})
}

func TestAnImportThatWasCutOffIsFinishedByTheNext(t *testing.T) {
	file := []byte("Handle,Title,Variant Price,Variant Inventory Tracker,Variant Inventory Qty\n")
	for i := range 300 {
		file = fmt.Appendf(file, "p-%d,P %d,10,shopify,3\n", i, i)
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		ctx, cancel := context.WithCancel(t.Context())
		_, err := c.Import(ctx, bytes.NewReader(file), catalog.ImportOptions{Who: "command", Progress: func(stage string, done, _ int) {
			if stage == "written" {
				cancel()
			}
		}})
		n, _ := db.ProductCount(t.Context(), 1_000)
		if err == nil || n == 0 || n == 300 {
			t.Fatalf("cut off with %d products, %v", n, err)
		}
		report := importing(t, c, file, false)
		if report.Products != (catalog.Count{Made: 300 - n, Left: n}) {
			t.Errorf("the second half is %+v", report.Products)
		}
		sameAgain(t, c, db, file)
	})
}

func TestTwoImportsOfOneFileAtOnceMakeItOnce(t *testing.T) {
	file := []byte("Handle,Title,Variant Price,Variant Inventory Tracker,Variant Inventory Qty\n")
	for i := range 150 {
		file = fmt.Appendf(file, "p-%d,P %d,10,shopify,3\n", i, i)
	}
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		c := open(t, db)
		reports := make(chan catalog.Report, 2)
		for range 2 {
			go func() {
				report, err := c.Import(context.Background(), bytes.NewReader(file), catalog.ImportOptions{Who: "command"})
				if err != nil {
					t.Error(err)
				}
				reports <- report
			}()
		}
		a, b := <-reports, <-reports
		if made := a.Products.Made + b.Products.Made; made != 150 || a.Products.Refused+b.Products.Refused > 0 {
			t.Errorf("the reports are %+v and %+v", a.Products, b.Products)
		}
		if p := product(t, db, "p-7"); p.Variants[0].Stock.OnHand != 3 {
			t.Errorf("the stock is %+v", p.Variants[0].Stock)
		}
	})
}
