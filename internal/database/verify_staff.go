package database

// staffInvariants are what must be true of the shop's people.
var staffInvariants = []invariant{
	{rule: "staff", table: "staff_sessions", line: "session {thing}: it is of staff {a}, who is {word}",
		sql: `SELECT s.id AS thing, p.id AS a, p.state AS word FROM staff_sessions s JOIN staff p ON p.id = s.staff_id
			WHERE s.id > @from AND s.id <= @to AND p.state <> 'active'`},
	{rule: "staff", table: "staff", line: "staff {thing}: the state is {word}, and the password does not fit that",
		sql: `SELECT p.id AS thing, p.state AS word FROM staff p WHERE p.id > @from AND p.id <= @to AND (
			p.state = 'active' AND p.password_hash = '' OR p.state = 'invited' AND p.password_hash <> '')`},
	{rule: "staff", line: "of {a} people who may sign in, none is an owner",
		sql: `SELECT count(*) AS a FROM staff WHERE state = 'active'
			HAVING count(*) > 0 AND sum(CASE WHEN role = 'owner' THEN 1 ELSE 0 END) = 0`},
	{rule: "5", table: "mails", line: "mail {thing}: it is to staff {a}, who is not there",
		sql: `SELECT m.id AS thing, m.thing_id AS a FROM mails m WHERE m.id > @from AND m.id <= @to AND m.kind || '' = 'staff_invitation'
			AND NOT EXISTS (SELECT 1 FROM staff p WHERE p.id = m.thing_id)`},
}
