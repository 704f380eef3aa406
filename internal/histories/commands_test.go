package histories_test

// kind is a command: its name, how often it comes, and what it does, choosing
// by its dice among what there is.
type kind struct {
	name   string
	weight int
	do     func(m *model, dice [4]uint32)
}

// kinds are the commands there are. A new one, such as a dispute, is a line
// here, and what it means for the money at rest in checkSale; the histories of
// all seeds are then others.
var kinds = []kind{
	{"add", 16, (*model).add},
	{"code", 4, (*model).useCode},
	{"checkout", 18, (*model).press},
	{"rush", 5, (*model).rush},
	{"pay", 22, (*model).payPage},
	{"success page", 8, (*model).successPage},
	{"start over", 2, (*model).startOver},
	{"forget", 4, (*model).forget},
	{"deliver", 12, (*model).bring},
	{"lose", 4, (*model).lose},
	{"deliver again", 3, (*model).bringAgain},
	{"work", 14, func(m *model, dice [4]uint32) { m.doJobs(1+int(dice[0]%5), dice[1]%8 == 0) }},
	{"clock", 5, (*model).clock},
	{"fault", 5, (*model).fault},
	{"die", 6, (*model).lightFuse},
	{"restart", 2, func(m *model, _ [4]uint32) { must(m.crash(), "restarting") }},
	{"ship", 10, (*model).ship},
	{"cancel", 8, (*model).cancelPieces},
	{"refund", 14, (*model).refund},
	{"refund again", 5, (*model).refundAgain},
	{"dashboard refund", 4, (*model).dashboard},
}
