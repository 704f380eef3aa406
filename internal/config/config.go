// Package config reads the program's configuration from the environment: one
// struct, checked whole, with every mistake reported together. What a
// shopkeeper changes is not here but in the database, as settings.
package config

import (
	"log/slog"
	"net/netip"
	"path/filepath"
)

// Environment is what kind of shop this is.
type Environment string

// Development needs nothing and invents the rest; staging is a shop with test
// keys that search engines do not see; production is the shop.
const (
	Development Environment = "development"
	Staging     Environment = "staging"
	Production  Environment = "production"
)

// Config is the whole configuration. What of it is empty has a default or is
// refused by Read.
type Config struct {
	Environment    Environment
	Addr           string // listen address of the shop
	BaseURL        string // how shoppers reach it, without a slash at the end
	DatabaseURL    string
	DataDir        string
	SecretKeys     [][]byte // the first signs, all are accepted
	Stripe         Stripe
	SMTPURL        string // empty catches mail in DataDir/mail
	MailFrom       string
	MailOnlyTo     []string // staging: the addresses that get mail
	LogLevel       slog.Level
	TrustedProxies []netip.Prefix
	DevClock       bool
}

// Stripe is how payments are made.
type Stripe struct {
	Key            string
	WebhookSecrets []string // the first signs, all are accepted
	APIURL         string   // empty is Stripe itself, or the simulator in this program when Simulated
	Tax            bool
	Simulated      bool // run the simulator in this program
}

// Live says whether the key moves real money.
func (s Stripe) Live() bool { return isLive(s.Key) }

// MailDir is the folder of caught mail.
func (c Config) MailDir() string { return filepath.Join(c.DataDir, "mail") }

// MediaDir is the folder of kept pictures.
func (c Config) MediaDir() string { return filepath.Join(c.DataDir, "media") }

// SimulatorFile is where the simulator keeps its books.
func (c Config) SimulatorFile() string { return filepath.Join(c.DataDir, "stripesim.db") }
