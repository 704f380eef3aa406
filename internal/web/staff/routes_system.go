package staff

import (
	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// systemRoutes are the pages of the system, and who is told of alarms.
func (s *Staff) systemRoutes(e *echo.Echo) {
	operate := shop.CanOperate
	web.Get(e, "/staff/system", s.allow(operate, s.systemOverview))

	web.Get(e, "/staff/system/alarms", s.allow(operate, s.alarms))
	e.POST("/staff/system/alarms/:id/close", s.allow(operate, s.closeAlarm))

	web.Get(e, "/staff/system/jobs", s.allow(operate, s.jobs))
	e.POST("/staff/system/jobs/replay", s.allow(operate, s.replayDead))
	e.POST("/staff/system/jobs/:id/replay", s.allow(operate, s.replayJob))
	e.POST("/staff/system/jobs/:id/run", s.allow(operate, s.runJob))

	web.Get(e, "/staff/system/events", s.allow(operate, s.events))
	web.Get(e, "/staff/system/events/:id", s.allow(operate, s.event))
	e.POST("/staff/system/events/:id/replay", s.allow(operate, s.replayEvent))

	web.Get(e, "/staff/system/mails", s.allow(operate, s.mails))
	web.Get(e, "/staff/system/mails/:id", s.allow(operate, s.mail))
	web.Get(e, "/staff/system/mails/:id/html", s.allow(operate, s.mailHTML))
	e.POST("/staff/system/mails/:id/again", s.allow(operate, s.sendAgain))

	web.Get(e, "/staff/system/verify", s.allow(operate, s.checks))
	web.Get(e, "/staff/system/verify/:id", s.allow(operate, s.check))
	e.POST("/staff/system/verify", s.allow(operate, s.startCheck))

	web.Get(e, "/staff/system/retention", s.allow(operate, s.retention))

	change := shop.CanChangeSettings
	web.Get(e, "/staff/settings/alarms", s.allow(change, s.alarmSettings))
	e.POST("/staff/settings/alarms", s.allow(change, s.saveAlarmSettings))
}

// systemSentences are what the pages of the system say after a form.
var systemSentences = map[string]string{
	"alarm":         "The alarm is closed.",
	"alarms-set":    "Saved. It holds from now on.",
	"job-replayed":  "The job has another life and runs at once.",
	"job-run":       "The job runs now.",
	"jobs-replayed": "All dead jobs of this kind have another life.",
	"event":         "The event is read again.",
	"mail":          "The mail is on its way once more.",
	"check":         "The check is asked for. Load the page again to see how it ends.",
}
