// Package web is the kit that all doors to the shop share: the echo set-up and
// its limits, the typed pages and their rendering, forms and strict JSON, the
// same-site check, errors, files, and the page cache.
//
// A door (web/storefront, web/api) holds a *Kit, a database.Reader and the
// services of the work floor. Its GET handlers read and render; its POST
// handlers call one method of work. Handlers return errors, and HandleError
// alone turns them into answers.
package web
