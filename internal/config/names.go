package config

// Name is one name of the environment, with what .env.example says of it.
type Name struct {
	Name    string
	Default string // in development; "" when there is none
	Meaning string
}

// Names lists every name the program reads, in the order of .env.example.
func Names() []Name {
	return []Name{
		{"LONGRUN_ENV", "development", "development, staging or production"},
		{"ADDR", "localhost:8080", "the address the shop listens on"},
		{"BASE_URL", "http://localhost:8080", "how shoppers reach the shop; https outside development. The default follows ADDR"},
		{"DATABASE_URL", "sqlite:data/longrun.db", "sqlite:PATH or postgres://… The default follows DATA_DIR; outside development there is none"},
		{"DATA_DIR", "data", "the folder of pictures, caught mail and the simulator's books"},
		{"SECRET_KEY", "", "signs links and the audit log: 32 characters or more, as random as you can. Several with commas between: the first signs, all are accepted. Development has one of its own"},
		{"STRIPE_SECRET_KEY", "", "sk_… or rk_…, live in production only. Without one, development pays through the simulator"},
		{"STRIPE_WEBHOOK_SECRET", "", "whsec_…, as longrun stripe setup prints it; several with commas between: all are accepted"},
		{"STRIPE_API_URL", "", "another server that speaks Stripe's API, such as a simulator of its own; never with a live key"},
		{"STRIPE_TAX", "on", "on: Stripe works out taxes; off: none are charged, and in production the settings must say why (tax_off_reason). Outside development there is no default"},
		{"SMTP_URL", "", "smtp://user:password@host:587 or smtps://…:465. Without one, development catches mail and shows it at /dev/mail"},
		{"MAIL_FROM", "Longrun <shop@longrun.example>", "the sender of the shop's mail; outside development there is no default"},
		{"MAIL_ONLY_TO", "", "staging: the addresses that get mail, with commas between; the others get none"},
		{"LOG_LEVEL", "info", "debug, info, warn or error"},
		{"TRUSTED_PROXIES", "", "networks such as 10.0.0.0/8 whose X-Forwarded-For is believed, with commas between"},
		{"DEV_CLOCK", "1", "1 lets /dev/clock set the shop's time. Never with a live key; outside development the default is 0"},
	}
}
