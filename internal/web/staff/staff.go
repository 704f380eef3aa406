// Package staff is the door of the shop's people: they sign in, look after
// their own account, and owners after everybody's. Every route names what its
// visitor must be allowed to do, and no page is kept by anybody.
package staff

import (
	"longrun/internal/access"
	"longrun/internal/database"
	"longrun/internal/settings"
	"longrun/internal/web"
)

// Options are what the door stands on.
type Options struct {
	Kit      *web.Kit
	Reader   database.Reader
	Sessions *database.Sessions // keeps sessions going and ends them
	Access   *access.Service
	Settings *settings.Service
	TaxOff   bool // taxes are not worked out
}

// Staff is the door.
type Staff struct {
	kit      *web.Kit
	reader   database.Reader
	sessions *database.Sessions
	access   *access.Service
	settings *settings.Service
	taxOff   bool
}

// New makes it.
func New(o Options) *Staff {
	return &Staff{kit: o.Kit, reader: o.Reader, sessions: o.Sessions, access: o.Access, settings: o.Settings, taxOff: o.TaxOff}
}
