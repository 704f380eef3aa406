package staff

import (
	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// settingsRoutes are those of the shop's settings.
func (s *Staff) settingsRoutes(e *echo.Echo) {
	change := shop.CanChangeSettings
	web.Get(e, "/staff/settings", s.allow(change, s.settingsForm))
	e.POST("/staff/settings/plan", s.allow(change, s.planSettings))
	e.POST("/staff/settings", s.allow(change, s.saveSettings))
	web.Get(e, "/staff/settings/versions", s.allow(change, s.settingsVersions))
	web.Get(e, "/staff/settings/versions/:id", s.allow(change, s.settingsVersion))
	e.POST("/staff/settings/versions/:id", s.allow(change, s.bringBack))
}

// settingsSentences are those after a change of the settings.
var settingsSentences = map[string]string{
	"settings":     "The settings are saved.",
	"settingsback": "That version is back, as a new one.",
}
