// Package formats reads and writes the files that shops exchange, as streams:
// it takes an io.Reader or io.Writer, holds one thing at a time and opens
// nothing itself.
//
// Product files are Shopify's product CSV, under its old and its new column
// names, mixed as they come.
//
// A cell that a spreadsheet would run as a formula is written with an
// apostrophe before it (ASVS 1.2.10): one that begins with = + - @, TAB, CR,
// LF, NUL or the full-width forms of the first four, apostrophes before them
// not counted. Reading takes exactly one apostrophe off exactly such cells.
// So every text comes back as it was: =1 goes out with one apostrophe and '=1
// with a second one, while the SKU '100 is nobody's formula and passes both
// ways untouched.
// Numbers that this package writes itself are never marked, so a count of -2
// stays a number for other programs.
package formats
