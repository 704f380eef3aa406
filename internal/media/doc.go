// Package media keeps pictures. It fetches them under guard, checks them by
// content, decodes and encodes them anew in several widths, and stores them in
// a folder under names that it makes itself: the digest of what is kept. What
// somebody else sent is never served as it came.
//
// The web serves a kept picture under /media/ and its name: {digest}.svg for
// drawings of our own, {digest}-{width}.jpg or .png for photographs. A name
// stands for one content for ever.
package media
