package app_test

import (
	"fmt"
	"strings"
)

// waits are askings to hear of a size that cannot be taken down.
func (b *badShop) waits() []badRequest {
	asking := func(name, variant, email string, status int) badRequest {
		return badRequest{name: "asking to wait " + name, path: "/waiting", body: "variant=" + variant + "&email=" + email, status: status}
	}
	size := fmt.Sprint(b.variant)
	abroad := asking("from another site", size, "ada@runner.example", 403)
	abroad.headers = map[string]string{"Sec-Fetch-Site": "cross-site"}
	return []badRequest{
		abroad,
		asking("for a size that is there", size, "ada@runner.example", 409),
		asking("for no size", "", "ada@runner.example", 422),
		asking("for a size in other digits", "%EF%BC%91", "ada@runner.example", 422),
		asking("for a size that is not", "9007199254740991", "ada@runner.example", 404),
		asking("without an address", size, "", 422),
		asking("with two addresses", size, "a@x.example,b@x.example", 422),
		asking("with a header in the address", size, "ada@runner.example%0D%0ABcc:eve@evil.example", 422),
		asking("with an address of 5000 letters", size, strings.Repeat("a", 5000)+"@runner.example", 422),
		{name: "a link to a wait that is not", path: "/waiting/k3v7q2m5x4z6n2p7w5t3r4y6ad", body: "do=yes", status: 404},
		{name: "a link to a wait that is no link", path: "/waiting/..%2f..%2fstaff", body: "do=yes", status: 404},
	}
}
