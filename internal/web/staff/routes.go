package staff

import (
	"github.com/labstack/echo/v4"

	"longrun/internal/shop"
	"longrun/internal/web"
)

// Routes are all addresses of the staff area. What has no allow is for those
// who are not signed in yet.
func (s *Staff) Routes(e *echo.Echo) {
	// Coming in.
	web.Get(e, "/staff/sign-in", s.signInPage)
	e.POST("/staff/sign-in", s.signIn)
	web.Get(e, "/staff/sign-in/code", s.codePage)
	e.POST("/staff/sign-in/code", s.enterCode)
	web.Get(e, "/staff/invitation/:token", s.invitationPage)
	e.POST("/staff/invitation/:token", s.accept)
	e.POST("/staff/sign-out", s.signOut)

	web.Get(e, "/staff", s.allow(shop.CanEnter, s.start))

	// One's own account. What changes how one signs in wants the password
	// fresh; changing the password asks for it in the form itself.
	own := shop.CanOwnAccount
	web.Get(e, "/staff/account", s.allow(own, s.account))
	e.POST("/staff/account/password", s.allow(own, s.changePassword))
	e.POST("/staff/account/sessions", s.allow(own, s.endSession))
	web.Get(e, "/staff/account/second-step", s.allow(own, s.fresh("/staff/account/second-step", s.secondStep)))
	web.Get(e, "/staff/account/second-step/qr.png", s.allow(own, s.fresh("/staff/account/second-step", s.qr)))
	e.POST("/staff/account/second-step", s.allow(own, s.fresh("/staff/account/second-step", s.setUp)))
	e.POST("/staff/account/second-step/remove", s.allow(own, s.fresh("/staff/account/second-step", s.removeStep)))
	e.POST("/staff/account/recovery-codes", s.allow(own, s.fresh("/staff/account/second-step", s.newCodes)))
	web.Get(e, "/staff/confirm", s.allow(own, s.confirmPage))
	e.POST("/staff/confirm", s.allow(own, s.confirm))

	// Everybody's accounts.
	manage := shop.CanManageStaff
	web.Get(e, "/staff/people", s.allow(manage, s.people))
	web.Get(e, "/staff/people/invite", s.allow(manage, s.fresh("/staff/people/invite", s.invitePage)))
	e.POST("/staff/people/invite", s.allow(manage, s.fresh("/staff/people/invite", s.invite)))
	web.Get(e, "/staff/people/:id", s.allow(manage, s.person))
	e.POST("/staff/people/:id/role", s.allow(manage, s.fresh("/staff/people/:id", s.setRole)))
	e.POST("/staff/people/:id/disable", s.allow(manage, s.fresh("/staff/people/:id", s.disable)))
	e.POST("/staff/people/:id/enable", s.allow(manage, s.fresh("/staff/people/:id", s.enable)))
	e.POST("/staff/people/:id/link", s.allow(manage, s.fresh("/staff/people/:id", s.sendLink)))

	web.Get(e, "/staff/audit", s.allow(shop.CanReadAudit, s.audit))

	if s.kit != nil { // without one the routes are only counted
		s.kit.ShowErrors(start, s.failed)
	}
	e.RouteNotFound("/staff/*", s.allow(shop.CanOwnAccount, s.nowhere))

	s.orderRoutes(e)
	s.returnRoutes(e)
	s.productRoutes(e)
	s.stockRoutes(e)
	s.collectionRoutes(e)
	s.settingsRoutes(e)
	s.systemRoutes(e)
	s.messageRoutes(e)
	s.discountRoutes(e)
	s.disputeRoutes(e)
	s.privacyRoutes(e)
}
