package mail_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"longrun/internal/mail"
	"longrun/internal/shop"
	"longrun/internal/testneed"
)

// certificate makes one for localhost that signs itself.
func certificate(t *testing.T) (tls.Certificate, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// serveTLS is serve with TLS, from the first byte or after STARTTLS.
func serveTLS(t *testing.T, s *sink, cert tls.Certificate, atOnce bool) (port string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(s)
	server.Domain, server.ErrorLog = "localhost", silent{}
	config := &tls.Config{Certificates: []tls.Certificate{cert}}
	if atOnce {
		go func() { _ = server.Serve(tls.NewListener(listener, config)) }()
	} else {
		server.TLSConfig = config
		go func() { _ = server.Serve(listener) }()
	}
	t.Cleanup(func() { _ = server.Close() })
	_, port, _ = strings.Cut(listener.Addr().String(), ":")
	return port
}

// The server offers a password only under TLS, so that a password that
// arrived went over TLS.
func TestMailAndPasswordGoOverTLSToTheRightServerOnly(t *testing.T) {
	if runtime.GOOS == "darwin" || runtime.GOOS == "windows" {
		testneed.Missing(t, "a system whose list of authorities a test can set")
	}
	known, pemKnown := certificate(t)
	stranger, _ := certificate(t)
	file := filepath.Join(t.TempDir(), "roots.pem")
	if err := os.WriteFile(file, pemKnown, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SSL_CERT_FILE", file) // read once in a process, at the first certificate
	t.Setenv("SSL_CERT_DIR", t.TempDir())
	tests := []struct {
		name, scheme string
		cert         tls.Certificate
		taken        bool
	}{
		{"TLS from the first byte", "smtps", known, true},
		{"STARTTLS", "smtp", known, true},
		{"a stranger with TLS from the first byte", "smtps", stranger, false},
		{"a stranger with STARTTLS", "smtp", stranger, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := &sink{}
			sender, err := mail.NewSMTP(tt.scheme + "://shop:secret@localhost:" + serveTLS(t, s, tt.cert, tt.scheme == "smtps"))
			if err != nil {
				t.Fatal(err)
			}
			err = sender.Send(t.Context(), message())
			if (err == nil) != tt.taken || errors.Is(err, shop.ErrPermanent) {
				t.Errorf("sending gives %v", err)
			}
			s.mu.Lock()
			defer s.mu.Unlock()
			if (s.password == "secret") != tt.taken || (s.data != "") != tt.taken {
				t.Errorf("the server got the password %q and %d bytes", s.password, len(s.data))
			}
		})
	}
}
