package shop

import "slices"

// StaffRole is what somebody is at the shop.
type StaffRole string

// The roles.
const (
	RoleOwner   StaffRole = "owner"
	RoleManager StaffRole = "manager"
	RoleSupport StaffRole = "support"
	RoleEditor  StaffRole = "editor"
)

// StaffRoles are all roles, the mightiest first.
func StaffRoles() []StaffRole { return []StaffRole{RoleOwner, RoleManager, RoleSupport, RoleEditor} }

// ParseStaffRole reads a role; anything else is KindInvalid.
func ParseStaffRole(s string) (StaffRole, error) {
	if slices.Contains(StaffRoles(), StaffRole(s)) {
		return StaffRole(s), nil
	}
	return "", fieldError("role", "Choose owner, manager, support or editor.")
}

// Action is something that only some roles may do. Every route of the staff
// area names one.
type Action string

// The actions.
const (
	CanEnter       Action = "enter"        // the start page
	CanOwnAccount  Action = "own account"  // own password, second step, sessions
	CanManageStaff Action = "manage staff" // invite, change roles, disable
	CanReadAudit   Action = "read audit"   // who did what

	CanSeeCatalog   Action = "see catalog"   // products, collections and stock, whatever their state
	CanEditCatalog  Action = "edit catalog"  // products, prices and collections
	CanDropProducts Action = "drop products" // archive or delete them
	CanMoveStock    Action = "move stock"    // receive, count, adjust, sell in store

	CanManageDiscounts Action = "manage discounts" // discount codes, and the orders that used them

	CanSeeOrders    Action = "see orders"    // with the names and addresses in them
	CanFulfil       Action = "fulfil"        // parcels, notes, files for labels
	CanCancelOrders Action = "cancel orders" // and give the money back
	CanRefund       Action = "refund"        // give money back for what was paid
	CanTakeBack     Action = "take back"     // returns: ask, receive, settle
	CanSettleReview Action = "settle review" // let an order go that the shop has stopped

	CanChangeSettings Action = "change settings"
	CanOperate        Action = "operate"     // jobs, events, mails, checks, alarms
	CanHandleData     Action = "handle data" // hand out and erase what is held of a person
)

// permissions is the matrix of roles and actions.
var permissions = map[Action][]StaffRole{
	CanEnter:       {RoleOwner, RoleManager, RoleSupport, RoleEditor},
	CanOwnAccount:  {RoleOwner, RoleManager, RoleSupport, RoleEditor},
	CanManageStaff: {RoleOwner},
	CanReadAudit:   {RoleOwner, RoleManager},

	CanSeeCatalog:   {RoleOwner, RoleManager, RoleSupport, RoleEditor},
	CanEditCatalog:  {RoleOwner, RoleManager, RoleEditor},
	CanDropProducts: {RoleOwner, RoleManager},
	CanMoveStock:    {RoleOwner, RoleManager, RoleSupport},

	CanManageDiscounts: {RoleOwner, RoleManager},

	CanSeeOrders:    {RoleOwner, RoleManager, RoleSupport},
	CanFulfil:       {RoleOwner, RoleManager, RoleSupport},
	CanCancelOrders: {RoleOwner, RoleManager, RoleSupport},
	CanRefund:       {RoleOwner, RoleManager, RoleSupport},
	CanTakeBack:     {RoleOwner, RoleManager, RoleSupport},
	CanSettleReview: {RoleOwner, RoleManager},

	CanChangeSettings: {RoleOwner, RoleManager},
	CanOperate:        {RoleOwner, RoleManager},
	CanHandleData:     {RoleOwner, RoleManager},
}

// May says whether the role may do something.
func (r StaffRole) May(a Action) bool { return slices.Contains(permissions[a], r) }

// May says whether this person may do something: the role may, and the person
// is active.
func (s *Staff) May(a Action) bool { return s.State == StaffActive && s.Role.May(a) }
