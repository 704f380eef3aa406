package web

import (
	"context"
	"strconv"
	"time"

	"longrun/internal/shop"
)

// Watch drops cached pages when what they show changes, until ctx ends. While
// it does not run no page is stored.
func (k *Kit) Watch(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err := k.cache.look(ctx); err != nil && ctx.Err() == nil {
			k.log.Warn("changes could not be read; pages are not kept", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// look reads the change rows that are new, and again those of the last 30 s.
func (c *pageCache) look(ctx context.Context) error {
	ctx, stop := context.WithTimeout(ctx, lookStale)
	defer stop()
	began := time.Now()
	now, err := c.reader.Now(ctx)
	if err != nil {
		return err
	}
	if c.looked.IsZero() {
		if c.last, err = c.reader.LastChange(ctx); err != nil {
			return err
		}
	}
	changes, err := c.reader.ChangesAfter(ctx, c.last, now.Add(-lookBack))
	if err != nil {
		return err
	}
	c.notice(c.fresh(changes))
	c.follow(now.Sub(began))
	c.mu.Lock()
	defer c.mu.Unlock()
	c.looked = began
	return nil
}

// fresh are the changes not seen before. What this look does not return no
// later look will either, so only its own ids need remembering.
func (c *pageCache) fresh(changes []shop.Change) []shop.Change {
	seen := make(map[int64]bool, len(changes))
	var list []shop.Change
	for _, change := range changes {
		seen[change.ID] = true
		c.last = max(c.last, change.ID)
		if !c.seen[change.ID] {
			list = append(list, change)
		}
	}
	c.seen = seen
	return list
}

// notice drops what the changes make old. All but a product's own changes
// are rare and reach every page, through its menu if nothing else.
func (c *pageCache) notice(changes []shop.Change) {
	products := map[shop.ProductID]bool{}
	for _, change := range changes {
		id, err := strconv.ParseInt(change.Key, 10, 64)
		if change.Kind != shop.ChangeProduct || err != nil {
			c.dropAll()
			return
		}
		products[shop.ProductID(id)] = true
	}
	if len(products) > 0 {
		c.drop(products)
	}
}

// follow drops everything when the development clock has been moved, since
// pages depend on the time.
func (c *pageCache) follow(offset time.Duration) {
	if (offset - c.offset).Abs() > time.Second {
		c.offset = offset
		c.dropAll()
	}
}
