package web

import (
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/maypok86/otter/v2"

	"longrun/internal/database"
	"longrun/internal/shop"
)

// The bounds of the page cache.
const (
	cacheWeight = 64 << 20 // bytes of all stored forms
	cacheAge    = 5 * time.Minute
	lookEvery   = 500 * time.Millisecond
	lookBack    = 30 * time.Second // ids may be committed out of order for so long
	lookStale   = 2 * time.Second  // without a look for so long nothing is stored
)

// Shown names the things that a page shows. When one of them changes the page
// is made again.
type Shown struct {
	Products []shop.ProductID
	// Until is when the page would differ by itself: the next moment at which
	// something it shows is published or goes on sale. Nil for never.
	Until *shop.Instant
	// Once keeps the page from being stored: what was asked for is not one of
	// the forms the page has, and there is no end of such questions.
	Once bool
}

// storedPage is a rendered page.
type storedPage struct {
	marked  []byte // as rendered, with the mark for the number in the bag
	clean   packed // for visitors without a bag
	shows   []shop.ProductID
	expires time.Time
}

func (p *storedPage) shownAny(ids map[shop.ProductID]bool) bool {
	return slices.ContainsFunc(p.shows, func(id shop.ProductID) bool { return ids[id] })
}

// pageCache keeps rendered pages until something that they show changes.
type pageCache struct {
	pages  *otter.Cache[string, *storedPage]
	reader database.Reader
	log    *slog.Logger

	mu      sync.Mutex
	looks   int64 // raised with every change noticed
	changed map[shop.ProductID]int64
	all     int64 // the look at which everything was dropped last
	looked  time.Time
	seen    map[int64]bool
	last    int64
	offset  time.Duration // of the development clock
}

func newPageCache(r database.Reader, log *slog.Logger) *pageCache {
	return &pageCache{
		pages: otter.Must(&otter.Options[string, *storedPage]{
			MaximumWeight: cacheWeight,
			Weigher: func(key string, p *storedPage) uint32 {
				return uint32(len(key) + len(p.marked) + p.clean.size())
			},
		}),
		reader: r, log: log, changed: map[shop.ProductID]int64{}, seen: map[int64]bool{},
	}
}

// get is a stored page that is still good, nil without one.
func (c *pageCache) get(key string) *storedPage {
	p, ok := c.pages.GetIfPresent(key)
	if !ok || time.Now().After(p.expires) {
		return nil
	}
	return p
}

// mark is taken before a page's queries begin and given to put.
func (c *pageCache) mark() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.looks
}

// put stores a page unless something that it shows has changed since mark: its
// queries may have seen the old state, and the change is not noticed twice.
// Nor does it store while changes are not being watched.
func (c *pageCache) put(key string, p *storedPage, mark int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all > mark || time.Since(c.looked) > lookStale {
		return false
	}
	for _, id := range p.shows {
		if c.changed[id] > mark {
			return false
		}
	}
	c.pages.Set(key, p)
	return true
}

// drop removes the pages that show one of these products.
func (c *pageCache) drop(ids map[shop.ProductID]bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.looks++
	for id := range ids {
		c.changed[id] = c.looks
	}
	for key, p := range c.pages.All() {
		if p.shownAny(ids) {
			c.pages.Invalidate(key)
		}
	}
}

// dropAll removes every page.
func (c *pageCache) dropAll() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.looks++
	c.all = c.looks
	clear(c.changed)
	c.pages.InvalidateAll()
}
