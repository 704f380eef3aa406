package mail_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	ourmail "longrun/internal/mail"
	"longrun/internal/shop"
)

// sink is an SMTP server that keeps what it takes and answers as told.
type sink struct {
	mu                     sync.Mutex
	from, to               string
	data                   string
	onMail, onRcpt, onData error
	cut                    bool // break the connection instead of answering DATA
	password               string
	user                   string
}

func (s *sink) NewSession(c *smtp.Conn) (smtp.Session, error) { return &sinkSession{s, c}, nil }

type sinkSession struct {
	*sink
	conn *smtp.Conn
}

func (s *sinkSession) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *sinkSession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.user, s.password = user, password
		return nil
	}), nil
}

func (s *sinkSession) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return s.onMail
}

func (s *sinkSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return s.onRcpt
}

func (s *sinkSession) Data(r io.Reader) error {
	b, err := io.ReadAll(r)
	s.mu.Lock()
	s.data += string(b)
	s.mu.Unlock()
	if s.cut {
		_ = s.conn.Conn().Close()
	}
	if err != nil {
		return err
	}
	return s.onData
}

func (s *sinkSession) Reset()        {}
func (s *sinkSession) Logout() error { return nil }

func serve(t *testing.T, s *sink) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(s)
	server.Domain, server.AllowInsecureAuth = "sink.example", true
	server.ErrorLog = silent{}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return listener.Addr().String()
}

type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

func TestAMailServerTakesAMail(t *testing.T) {
	s := &sink{}
	sender, err := ourmail.NewSMTP("smtp://shop:s%20ecret@" + serve(t, s))
	if err != nil {
		t.Fatal(err)
	}
	if err := sender.Send(t.Context(), message()); err != nil {
		t.Fatal(err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.from != "hello@shop.example" || s.to != "ada@runner.example" || s.user != "shop" || s.password != "s ecret" {
		t.Errorf("envelope %q to %q, signed in as %q %q", s.from, s.to, s.user, s.password)
	}
	m, err := mail.ReadMessage(strings.NewReader(s.data))
	if err != nil {
		t.Fatal(err)
	}
	if m.Header.Get("Message-Id") != "<k7abc@shop.example>" || m.Header.Get("Bcc") != "" {
		t.Errorf("headers %v", m.Header)
	}
}

func answer(code int) error { return &smtp.SMTPError{Code: code, Message: "as told"} }

func TestOnlyARefusalForGoodIsPermanent(t *testing.T) {
	tests := []struct {
		name      string
		sink      *sink
		permanent bool
	}{
		{"an unknown mailbox", &sink{onRcpt: answer(550)}, true},
		{"a text that is refused", &sink{onData: answer(554)}, true},
		{"a mailbox that is busy", &sink{onRcpt: answer(450)}, false},
		{"a server that is busy", &sink{onData: answer(451)}, false},
		{"a sender that is refused, which is our own mistake", &sink{onMail: answer(550)}, false},
		{"a connection cut before the answer", &sink{cut: true}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sender, err := ourmail.NewSMTP("smtp://" + serve(t, tt.sink))
			if err != nil {
				t.Fatal(err)
			}
			err = sender.Send(t.Context(), message())
			if err == nil || errors.Is(err, shop.ErrPermanent) != tt.permanent {
				t.Errorf("got %v, want permanent %v", err, tt.permanent)
			}
		})
	}
}

// rude speaks just enough SMTP to take a mail and hangs up right after.
func rude(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		_, _ = io.WriteString(conn, "220 rude\r\n")
		buffer := make([]byte, 64<<10)
		for taking := false; ; {
			n, err := conn.Read(buffer)
			if err != nil {
				return
			}
			line := string(buffer[:n])
			switch {
			case taking && strings.HasSuffix(line, "\r\n.\r\n"):
				_, _ = io.WriteString(conn, "250 taken\r\n")
				return
			case taking:
			case strings.HasPrefix(line, "DATA"):
				taking = true
				_, _ = io.WriteString(conn, "354 go on\r\n")
			default:
				_, _ = io.WriteString(conn, "250 rude\r\n")
			}
		}
	}()
	return listener.Addr().String()
}

func TestATakenMailIsTakenWhateverComesAfter(t *testing.T) {
	sender, err := ourmail.NewSMTP("smtp://" + rude(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := sender.Send(t.Context(), message()); err != nil {
		t.Errorf("a mail that the server took would be sent again: %v", err)
	}
}

func TestASilentServerDoesNotHoldAJob(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	sender, err := ourmail.NewSMTP("smtp://" + listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if err := sender.Send(ctx, message()); err == nil || errors.Is(err, shop.ErrPermanent) {
		t.Errorf("got %v", err)
	}
	if took := time.Since(begun); took > 3*time.Second {
		t.Errorf("it took %s to give up", took)
	}
}

func TestAddressesOfMailServers(t *testing.T) {
	for _, good := range []string{"smtp://u:p@mail.example:587", "smtps://mail.example", "smtp://127.0.0.1:1025"} {
		if _, err := ourmail.NewSMTP(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{"", "mail.example:25", "http://mail.example", "smtp://", "smtp://mail.example:99999"} {
		if _, err := ourmail.NewSMTP(bad); err == nil {
			t.Errorf("%q is taken for a mail server", bad)
		}
	}
}
