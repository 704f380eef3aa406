package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// SMTP hands messages to a mail server, each over a connection of its own.
type SMTP struct {
	host    string
	port    int
	tls     bool // from the first byte
	user    string
	pass    string
	timeout time.Duration
}

// NewSMTP reads an address such as smtp://user:pass@host:587, which turns to
// TLS by STARTTLS, or smtps://user:pass@host:465, which begins with it. Only
// a server on this machine may do without TLS.
func NewSMTP(address string) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" {
		return nil, errors.New("SMTP_URL must look like smtp://user:pass@host:587 or smtps://user:pass@host:465")
	}
	s := &SMTP{host: u.Hostname(), port: 587, tls: u.Scheme == "smtps", user: u.User.Username(), timeout: 15 * time.Second}
	s.pass, _ = u.User.Password()
	if s.tls {
		s.port = 465
	}
	if p := u.Port(); p != "" {
		if s.port, err = strconv.Atoi(p); err != nil || s.port < 1 || s.port > 65535 {
			return nil, fmt.Errorf("SMTP_URL has no port %q", p)
		}
	}
	return s, nil
}

// Send hands a message over. Once the server has taken it, nothing that goes
// wrong afterwards is an error.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := m.compose()
	if err != nil {
		return err
	}
	line := &line{server: s, ctx: ctx}
	defer line.hangUp()
	client, err := gomail.NewClient(s.host, s.options(line)...)
	if err != nil {
		return fmt.Errorf("preparing for the mail server: %w", err)
	}
	session, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return fmt.Errorf("reaching the mail server: %w", err)
	}
	err = client.SendWithSMTPClient(session, msg)
	if msg.IsDelivered() {
		_ = session.Quit()
		return nil
	}
	if no := refusal(err); no != nil {
		return no
	}
	return fmt.Errorf("handing a mail over: %w", err)
}

func (s *SMTP) options(line *line) []gomail.Option {
	options := []gomail.Option{
		gomail.WithPort(s.port), gomail.WithTimeout(s.timeout), gomail.WithoutNoop(),
		gomail.WithTLSPolicy(s.policy()), gomail.WithDialContextFunc(line.dial),
	}
	if s.tls {
		options = append(options, gomail.WithSSL())
	}
	if s.user != "" {
		options = append(options, gomail.WithUsername(s.user), gomail.WithPassword(s.pass),
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	return options
}

func (s *SMTP) policy() gomail.TLSPolicy {
	if ip := net.ParseIP(s.host); s.host == "localhost" || ip != nil && ip.IsLoopback() {
		return gomail.TLSOpportunistic
	}
	return gomail.TLSMandatory
}

// line is the connection of one hand-over. It breaks when the hand-over's
// context ends, since the SMTP client itself only knows time-outs.
type line struct {
	server *SMTP
	ctx    context.Context
	conn   net.Conn
	stop   func() bool
}

func (l *line) dial(ctx context.Context, network, address string) (net.Conn, error) {
	var err error
	if l.server.tls {
		config := &tls.Config{ServerName: l.server.host, MinVersion: tls.VersionTLS12}
		l.conn, err = (&tls.Dialer{Config: config}).DialContext(ctx, network, address)
	} else {
		l.conn, err = (&net.Dialer{}).DialContext(ctx, network, address)
	}
	if err != nil {
		return nil, err
	}
	conn := l.conn
	l.stop = context.AfterFunc(l.ctx, func() { _ = conn.Close() })
	return conn, nil
}

func (l *line) hangUp() {
	if l.stop != nil {
		l.stop()
		_ = l.conn.Close()
	}
}
