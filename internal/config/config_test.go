package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"longrun/internal/config"
)

func env(pairs ...string) func(string) string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return m[name] }
}

func production(pairs ...string) func(string) string {
	return env(append([]string{
		"LONGRUN_ENV", "production",
		"BASE_URL", "https://shoes.example",
		"DATABASE_URL", "postgres://shop@db/shop",
		"SECRET_KEY", strings.Repeat("k", 32),
		"STRIPE_SECRET_KEY", "sk_live_51abc",
		"STRIPE_WEBHOOK_SECRET", "whsec_" + strings.Repeat("s", 24),
		"STRIPE_TAX", "on",
		"SMTP_URL", "smtp://mail.example:587",
		"MAIL_FROM", "Shoes <shop@shoes.example>",
	}, pairs...)...)
}

func TestDevelopmentNeedsNothing(t *testing.T) {
	c, err := config.Read(env())
	if err != nil {
		t.Fatal(err)
	}
	if c.BaseURL != "http://localhost:8080" || c.DatabaseURL != "sqlite:data/longrun.db" || !c.Stripe.Simulated || !c.DevClock || !c.Stripe.Tax {
		t.Errorf("defaults are %+v", c)
	}
}

func TestProductionStartsWithSafeSettings(t *testing.T) {
	c, err := config.Read(production())
	if err != nil {
		t.Fatal(err)
	}
	if c.Stripe.Simulated || c.DevClock || !c.Stripe.Live() {
		t.Errorf("production is %+v", c)
	}
}

func TestAMissingOrUnsafeSettingIsNamed(t *testing.T) {
	tests := []struct {
		name   string
		getenv func(string) string
		want   string
	}{
		{"an unknown environment", env("LONGRUN_ENV", "prod"), "LONGRUN_ENV"},
		{"no secret key", production("SECRET_KEY", ""), "SECRET_KEY is not set"},
		{"a short secret key", production("SECRET_KEY", "short"), "shorter than 32"},
		{"a short second secret key", production("SECRET_KEY", strings.Repeat("k", 32)+",short"), "shorter than 32"},
		{"development's secret key", production("SECRET_KEY", "development-only-key-known-to-everybody"), "everybody knows"},
		{"plain HTTP", production("BASE_URL", "http://shoes.example"), "plain HTTP"},
		{"a base URL with a path", production("BASE_URL", "https://shoes.example/shop"), "BASE_URL"},
		{"no base URL", production("BASE_URL", ""), "BASE_URL is not set"},
		{"no database", production("DATABASE_URL", ""), "DATABASE_URL is not set"},
		{"a test key in production", production("STRIPE_SECRET_KEY", "sk_test_51abc"), "not a live key"},
		{"a live key in development", env("STRIPE_SECRET_KEY", "sk_live_51abc"), "not a test key"},
		{"a live key in staging", production("LONGRUN_ENV", "staging"), "not a test key"},
		{"a publishable key", production("STRIPE_SECRET_KEY", "pk_live_51abc"), "not a live key"},
		{"an empty webhook secret", production("STRIPE_WEBHOOK_SECRET", ""), "STRIPE_WEBHOOK_SECRET is not set"},
		{"a placeholder webhook secret", production("STRIPE_WEBHOOK_SECRET", "whsec_"), "does not look like"},
		{"an empty one in a list of webhook secrets", production("STRIPE_WEBHOOK_SECRET", "whsec_"+strings.Repeat("s", 24)+",whsec_"), "does not look like"},
		{"development's webhook secret", production("STRIPE_WEBHOOK_SECRET", "whsec_longrunDevelopment"), "everybody knows"},
		{"a simulator in production", production("STRIPE_API_URL", "http://127.0.0.1:1"), "STRIPE_API_URL"},
		{"a simulator with a live key", env("STRIPE_API_URL", "http://127.0.0.1:1", "STRIPE_SECRET_KEY", "rk_live_1"), "with a live key"},
		{"no word on tax", production("STRIPE_TAX", ""), "STRIPE_TAX is not set"},
		{"an odd word on tax", production("STRIPE_TAX", "maybe"), "STRIPE_TAX"},
		{"no mail server", production("SMTP_URL", ""), "SMTP_URL is not set"},
		{"a mail server over HTTP", production("SMTP_URL", "http://mail"), "SMTP_URL must be"},
		{"a clock in production", production("DEV_CLOCK", "1"), "DEV_CLOCK"},
		{"an odd proxy", env("TRUSTED_PROXIES", "everybody"), "TRUSTED_PROXIES"},
		{"an odd level", env("LOG_LEVEL", "loud"), "LOG_LEVEL"},
		{"an odd address", env("ADDR", "8080"), "ADDR"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := config.Read(test.getenv)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want a sentence with %q", err, test.want)
			}
		})
	}
}

func TestAllMistakesAreReportedTogether(t *testing.T) {
	_, err := config.Read(env("LONGRUN_ENV", "production"))
	for _, name := range []string{"BASE_URL", "DATABASE_URL", "SECRET_KEY", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_TAX", "SMTP_URL", "MAIL_FROM"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in %v", name, err)
		}
	}
}

func TestTheExampleFileIsWhatTheCodeReads(t *testing.T) {
	got, err := os.ReadFile(filepath.Join("..", "..", ".env.example"))
	if err != nil {
		t.Fatal(err)
	}
	if want := config.Example(); string(got) != want {
		t.Errorf(".env.example differs from the code; it should be:\n%s", want)
	}
	asked := map[string]bool{}
	_, _ = config.Read(func(name string) string { asked[name] = true; return "" })
	for _, n := range config.Names() {
		if !asked[n.Name] {
			t.Errorf("%s is in .env.example, and nothing reads it", n.Name)
		}
		delete(asked, n.Name)
	}
	for name := range asked {
		t.Errorf("%s is read and not in .env.example", name)
	}
}

func TestAFileAnswersWhereTheEnvironmentIsSilent(t *testing.T) {
	path := filepath.Join(t.TempDir(), ".env")
	if err := os.WriteFile(path, []byte("ADDR=localhost:9\nLOG_LEVEL=warn\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	getenv, err := config.WithFile(env("ADDR", "localhost:7"), path)
	if err != nil {
		t.Fatal(err)
	}
	if getenv("ADDR") != "localhost:7" || getenv("LOG_LEVEL") != "warn" {
		t.Errorf("ADDR=%s LOG_LEVEL=%s", getenv("ADDR"), getenv("LOG_LEVEL"))
	}
	if getenv, _ := config.WithFile(env("LONGRUN_ENV", "production"), path); getenv("ADDR") != "" {
		t.Error("production read a file")
	}
}
