package shop_test

import (
	"errors"
	"strings"
	"testing"

	"longrun/internal/shop"
)

func TestAnOrdersNumberIsReadAsPeopleTypeIt(t *testing.T) {
	tests := []struct {
		typed string
		want  int64 // 0 for none
	}{
		{"1001", 1001}, {"#1001", 1001}, {" # 1001 ", 1001}, {"Order #1001", 1001}, {"order 1001", 1001}, {"001001", 1001},
		{"", 0}, {"#", 0}, {"0", 0}, {"-1", 0}, {"+1", 0}, {"1e3", 0}, {"1,001", 0}, {"10.01", 0}, {"１００１", 0}, {"##1001", 0},
		{"1001; DROP", 0}, {"9223372036854775808", 0}, {strings.Repeat("1", 16), 0}, {"\x001001", 0},
	}
	for _, tt := range tests {
		n, err := shop.ParseOrderNumber(tt.typed)
		var e *shop.Error
		if n != tt.want || (tt.want == 0) != errors.As(err, &e) || e != nil && e.Fields["number"] == "" {
			t.Errorf("%q is %d, %v; want %d", tt.typed, n, err, tt.want)
		}
	}
}

func TestAWishNamesItsAddressAndNoOther(t *testing.T) {
	wish := shop.NewLinkRequest("k", 1001, " Ada@Runner.example ")
	for email, want := range map[string]bool{"ada@runner.example": true, "ADA@RUNNER.EXAMPLE": true, "ada@runner.example.": false, "eve@runner.example": false, "": false} {
		if wish.Names(email) != want {
			t.Errorf("%q: %v", email, !want)
		}
	}
	if strings.Contains(wish.Digest, "ada") || wish.Digest == shop.NewLinkRequest("other", 1001, "ada@runner.example").Digest {
		t.Error("the digest gives the address away")
	}
	if (shop.LinkRequest{Key: "k", Number: 1}).Names("") || shop.NewLinkRequest("k", 1, "").Names("") {
		t.Error("no address is an address")
	}
}
