package formats

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/shop"
)

func TestTrackingFilesOfLabelProgramsAreRead(t *testing.T) {
	tests := []struct {
		name, file string
		want       []TrackingRow
	}{
		{"commas", "Order,Carrier,Tracking\n1001,UPS,1Z\n", []TrackingRow{{2, "1001", "UPS", "1Z"}}},
		{"semicolons and CRLF", "ORDER NUMBER;Tracking No.\r\n\r\n#1001;1Z\r\n", []TrackingRow{{3, "#1001", "", "1Z"}}},
		{"tabs and an apostrophe", "order_number\ttracking_number\n'=1001\t'+1Z\n", []TrackingRow{{2, "=1001", "", "+1Z"}}},
		{"a person's name beside the number", "Name,Order #,Tracking #\nAda,1001,1Z\n", []TrackingRow{{2, "1001", "", "1Z"}}},
		{"a name that is the number", "Name,Tracking Number,Shipping Method\n#1001,1Z,Ground\n", []TrackingRow{{2, "#1001", "Ground", "1Z"}}},
		{"Windows-1252", "Order,Carrier,Tracking\n1001,Chrono \x96 Fr\xe8re,1Z\n", []TrackingRow{{2, "1001", "Chrono – Frère", "1Z"}}},
		{"a mark, quotes and short rows", "\ufeffOrder,Tracking,Carrier\n\"10\n01\",\"1,Z\"\n1002\n,,\n", []TrackingRow{{2, "10\n01", "", "1,Z"}, {4, "1002", "", ""}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ReadTracking(strings.NewReader(tt.file))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatIsNoTrackingFileIsRefused(t *testing.T) {
	for name, tt := range map[string]struct{ file, says string }{
		"nothing":       {"", "empty"},
		"no columns":    {"a,b\n1,2\n", "must name a column"},
		"no tracking":   {"Order,Carrier\n1,2\n", "must name a column"},
		"a workbook":    {"PK\x03\x04xxxx", "workbook"},
		"a picture":     {"\x89PNG\x00\x00", "not a text file"},
		"UTF-16":        {"\xff\xfeO\x00", "UTF-16"},
		"too large":     {"Order,Tracking\n" + strings.Repeat("x", MaxTrackingFile), "larger than 1 MB"},
		"too many rows": {"Order,Tracking\n" + strings.Repeat("1,2\n", MaxTrackingRows+1), "5,000 rows"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ReadTracking(strings.NewReader(tt.file))
			if shop.KindOf(err) != shop.KindInvalid || !strings.Contains(shop.MessageOf(err), tt.says) {
				t.Errorf("%v", err)
			}
		})
	}
}

func FuzzReadTracking(f *testing.F) {
	f.Add("Order,Carrier,Tracking\n1001,UPS,1Z\n")
	f.Add("order;tracking\n\"a;b\n")
	f.Fuzz(func(t *testing.T, file string) {
		rows, err := ReadTracking(strings.NewReader(file))
		if err != nil && shop.KindOf(err) != shop.KindInvalid {
			t.Errorf("%v", err)
		}
		if len(rows) > MaxTrackingRows {
			t.Errorf("%d rows", len(rows))
		}
	})
}
