package database

// accountInvariants: an account is one address at a time, and nobody signs in
// with what was used up or replaced.
var accountInvariants = []invariant{
	{rule: "accounts", table: "accounts", line: "account {thing}: its address is not the one that it has confirmed last",
		sql: `SELECT a.id AS thing FROM accounts a WHERE a.id > @from AND a.id <= @to
			AND NOT EXISTS (SELECT 1 FROM account_emails e WHERE e.account_id = a.id AND e.email = a.email AND e.until_at IS NULL)`},
	{rule: "accounts", table: "accounts", line: "account {thing}: its address is not written as addresses are compared",
		sql: `SELECT a.id AS thing FROM accounts a WHERE a.id > @from AND a.id <= @to AND (a.email <> lower(a.email) OR a.email = '')`},
	{rule: "accounts", table: "account_sign_ins", line: "sign-in {thing}: it was used after its time, or without a mail, or both used and replaced",
		sql: `SELECT s.id AS thing FROM account_sign_ins s WHERE s.id > @from AND s.id <= @to AND s.used_at IS NOT NULL
			AND (s.used_at >= s.expires_at OR s.mailed_at IS NULL OR s.void_at IS NOT NULL)`},
	{rule: "accounts", table: "account_addresses", line: "account {a}: it has {b} addresses, of which {c} are its default",
		sql: `SELECT 0 AS thing, d.account_id AS a, count(*) AS b, sum(CASE WHEN d.is_default THEN 1 ELSE 0 END) AS c FROM account_addresses d
			WHERE d.account_id IN (SELECT n.account_id FROM account_addresses n WHERE n.id > @from AND n.id <= @to)
			GROUP BY d.account_id HAVING sum(CASE WHEN d.is_default THEN 1 ELSE 0 END) <> 1`},
}
