//go:build linux

package main

import (
	"io"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-smtp"
)

// sink is a mail server. onMail is called with the first mail it has taken,
// before it says so.
type sink struct {
	addr   string
	mu     sync.Mutex
	ids    []string
	onMail func()
}

func newSink(t *testing.T) *sink {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &sink{addr: listener.Addr().String()}
	server := smtp.NewServer(s)
	server.Domain, server.ErrorLog = "sink.example", nothing{}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return s
}

type nothing struct{}

func (nothing) Printf(string, ...any) {}
func (nothing) Println(...any)        {}

// NewSession is one connection.
func (s *sink) NewSession(*smtp.Conn) (smtp.Session, error) { return sinkSession{s}, nil }

func (s *sink) messageIDs() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.ids...)
}

type sinkSession struct{ *sink }

func (sinkSession) Mail(string, *smtp.MailOptions) error { return nil }
func (sinkSession) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (sinkSession) Reset()                               {}
func (sinkSession) Logout() error                        { return nil }

func (s sinkSession) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	m, err := mail.ReadMessage(strings.NewReader(string(body)))
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.ids = append(s.ids, m.Header.Get("Message-Id"))
	first := len(s.ids) == 1
	s.mu.Unlock()
	if first && s.onMail != nil {
		s.onMail()
	}
	return nil
}
