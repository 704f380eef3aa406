package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"strings"
)

// What development uses where nothing is set. They are public, so they are
// refused everywhere else.
const (
	devSecretKey     = "development-only-key-known-to-everybody"
	devStripeKey     = "sk_test_longrunDevelopment"
	devWebhookSecret = "whsec_longrunDevelopment"
)

// Read reads the configuration through getenv. The error names every setting
// that is missing or unsafe, one sentence each.
func Read(getenv func(string) string) (Config, error) {
	r := reader{getenv: getenv}
	c := Config{Environment: Environment(r.or("LONGRUN_ENV", string(Development)))}
	switch c.Environment {
	case Development, Staging, Production:
	default:
		r.fault("LONGRUN_ENV is %q; it must be development, staging or production", c.Environment)
	}
	r.env = c.Environment
	r.readPlaces(&c)
	r.readSecrets(&c)
	r.readStripe(&c)
	r.readMail(&c)
	r.readRest(&c)
	return c, errors.Join(r.faults...)
}

type reader struct {
	getenv func(string) string
	env    Environment
	faults []error
}

func (r *reader) fault(format string, args ...any) {
	r.faults = append(r.faults, fmt.Errorf(format, args...))
}

func (r *reader) get(name string) string { return strings.TrimSpace(r.getenv(name)) }

func (r *reader) or(name, otherwise string) string {
	if v := r.get(name); v != "" {
		return v
	}
	return otherwise
}

func (r *reader) list(name string) []string {
	var list []string
	for _, v := range strings.Split(r.get(name), ",") {
		if v = strings.TrimSpace(v); v != "" {
			list = append(list, v)
		}
	}
	return list
}

// development says whether defaults may be invented.
func (r *reader) development() bool { return r.env == Development }

// needed is a value that only development has a default for.
func (r *reader) needed(name, development string) string {
	v := r.get(name)
	if v == "" && r.development() {
		return development
	}
	if v == "" {
		r.fault("%s is not set", name)
	}
	return v
}

func (r *reader) readPlaces(c *Config) {
	c.Addr = r.or("ADDR", "localhost:8080")
	host, port, err := net.SplitHostPort(c.Addr)
	if err != nil {
		r.fault("ADDR is %q; it must be host:port", c.Addr)
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "localhost"
	}
	c.BaseURL = strings.TrimSuffix(r.needed("BASE_URL", "http://"+net.JoinHostPort(host, port)), "/")
	u, err := url.Parse(c.BaseURL)
	switch {
	case c.BaseURL == "":
	case err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" || (u.Scheme != "http" && u.Scheme != "https"):
		r.fault("BASE_URL is %q; it must be https://host and nothing more", c.BaseURL)
	case u.Scheme != "https" && !r.development():
		r.fault("BASE_URL is plain HTTP; outside development it must be https")
	}
	c.DataDir = r.or("DATA_DIR", "data")
	c.DatabaseURL = r.needed("DATABASE_URL", "sqlite:"+c.DataDir+"/longrun.db")
}

func (r *reader) readSecrets(c *Config) {
	keys := r.list("SECRET_KEY")
	if len(keys) == 0 && r.development() {
		keys = []string{devSecretKey}
	}
	if len(keys) == 0 {
		r.fault("SECRET_KEY is not set")
	}
	for _, k := range keys {
		switch {
		case k == devSecretKey && !r.development():
			r.fault("SECRET_KEY is the one of development, which everybody knows")
		case len(k) < 32:
			r.fault("SECRET_KEY is shorter than 32 characters")
		}
		c.SecretKeys = append(c.SecretKeys, []byte(k))
	}
}

func (r *reader) readMail(c *Config) {
	c.SMTPURL = r.needed("SMTP_URL", "")
	if u, err := url.Parse(c.SMTPURL); c.SMTPURL != "" && (err != nil || u.Host == "" || (u.Scheme != "smtp" && u.Scheme != "smtps")) {
		r.fault("SMTP_URL must be smtp://… or smtps://…") // its text holds a password
	}
	c.MailFrom = r.needed("MAIL_FROM", "Longrun <shop@longrun.example>")
	if _, err := mail.ParseAddress(c.MailFrom); c.MailFrom != "" && err != nil {
		r.fault("MAIL_FROM is %q; it must be an address such as Shop <shop@example.com>", c.MailFrom)
	}
	c.MailOnlyTo = r.list("MAIL_ONLY_TO")
	if c.Environment == Production && len(c.MailOnlyTo) > 0 {
		r.fault("MAIL_ONLY_TO is for staging; production writes to everybody")
	}
}

func (r *reader) readRest(c *Config) {
	if err := c.LogLevel.UnmarshalText([]byte(r.or("LOG_LEVEL", "info"))); err != nil {
		r.fault("LOG_LEVEL is %q; it must be debug, info, warn or error", r.get("LOG_LEVEL"))
		c.LogLevel = slog.LevelInfo
	}
	for _, p := range r.list("TRUSTED_PROXIES") {
		prefix, err := netip.ParsePrefix(p)
		if err != nil {
			r.fault("TRUSTED_PROXIES has %q; it must be networks such as 10.0.0.0/8", p)
		}
		c.TrustedProxies = append(c.TrustedProxies, prefix)
	}
	clock := "0"
	if r.development() {
		clock = "1"
	}
	c.DevClock = r.flag("DEV_CLOCK", r.or("DEV_CLOCK", clock), "1", "0")
	if c.DevClock && c.Stripe.Live() {
		r.fault("DEV_CLOCK is on with a live Stripe key")
	}
	if c.DevClock && c.Environment == Production {
		r.fault("DEV_CLOCK is on in production")
	}
}

func (r *reader) flag(name, value, yes, no string) bool {
	if value != yes && value != no {
		r.fault("%s is %q; it must be %s or %s", name, value, yes, no)
	}
	return value == yes
}
