// Package templates holds the pages, mails, style sheet and drawings of the
// shop as files in the binary, and says which files make one page. Its
// functions take any file system, so that development can read the folder
// itself and see a change without building again.
//
// Pages and mails are executed with a pointer to their struct: they call
// methods of shop.Order that have pointer receivers.
package templates

import "embed"

// Files is everything in this folder that is not Go, under the names it has
// on disk: "storefront/bag.html", "assets/css/shop.css".
//
//go:embed layout parts storefront staff errors mail assets
var Files embed.FS
