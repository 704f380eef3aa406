package media

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"longrun/internal/shop"
)

func TestIsPublic(t *testing.T) {
	tests := []struct {
		name, address string
		want          bool
	}{
		{"a public address", "151.101.1.6", true},
		{"a public IPv6 address", "2606:4700::6810:85e5", true},
		{"loopback", "127.0.0.1", false},
		{"all of loopback", "127.8.8.8", false},
		{"IPv6 loopback", "::1", false},
		{"this host", "0.0.0.0", false},
		{"IPv6 unspecified", "::", false},
		{"private 10", "10.1.2.3", false},
		{"private 172.16", "172.31.255.255", false},
		{"private 192.168", "192.168.0.1", false},
		{"carrier-grade NAT", "100.64.0.1", false},
		{"link-local and cloud metadata", "169.254.169.254", false},
		{"a cloud's metadata at a public address", "168.63.129.16", false},
		{"IPv6 link-local", "fe80::1", false},
		{"IPv6 with a zone", "fe80::1%eth0", false},
		{"unique local", "fd00:ec2::254", false},
		{"multicast", "224.0.0.1", false},
		{"IPv6 multicast", "ff02::1", false},
		{"broadcast", "255.255.255.255", false},
		{"loopback inside IPv6", "::ffff:127.0.0.1", false},
		{"public inside IPv6", "::ffff:151.101.1.6", true},
		{"loopback by NAT64", "64:ff9b::7f00:1", false},
		{"loopback by 6to4", "2002:7f00:1::", false},
		{"Teredo", "2001:0:1::1", false},
		{"documentation", "2001:db8::1", false},
		{"benchmarks", "198.18.0.1", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := isPublic(netip.MustParseAddr(tt.address)); got != tt.want {
				t.Errorf("isPublic(%s) = %v", tt.address, got)
			}
		})
	}
}

// listener counts who comes to a loopback address where nobody may come.
func listener(t *testing.T) (*httptest.Server, *atomic.Int32) {
	t.Helper()
	var seen atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			seen.Add(1)
		}
	}
	s.Start()
	t.Cleanup(s.Close)
	return s, &seen
}

func TestFetchRefusesForbiddenAddresses(t *testing.T) {
	server, seen := listener(t)
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	for name, address := range map[string]string{
		"loopback":              "http://127.0.0.1:" + port,
		"localhost by name":     "http://localhost:" + port,
		"zero":                  "http://0:" + port,
		"unspecified":           "http://0.0.0.0:" + port,
		"decimal":               "http://2130706433:" + port,
		"octal":                 "http://0177.0.0.1:" + port,
		"hexadecimal":           "http://0x7f000001:" + port,
		"short":                 "http://127.1:" + port,
		"IPv6 loopback":         "http://[::1]:" + port,
		"loopback inside IPv6":  "http://[::ffff:127.0.0.1]:" + port,
		"metadata":              "http://169.254.169.254/latest/meta-data/",
		"private":               "http://10.0.0.1/",
		"a file":                "file:///etc/passwd",
		"gopher":                "gopher://127.0.0.1:" + port,
		"a name and a password": "http://user:secret@127.0.0.1:" + port,
		"no host":               "http:///x",
		"no scheme":             "//127.0.0.1:" + port,
	} {
		t.Run(name, func(t *testing.T) {
			content, err := NewFetcher().Fetch(context.Background(), address)
			if kind := shop.KindOf(err); content != nil || kind != shop.KindInvalid && kind != shop.KindUnavailable {
				t.Errorf("got %d bytes and %v", len(content), err)
			}
		})
	}
	if n := seen.Load(); n != 0 {
		t.Errorf("the listener saw %d connections", n)
	}
}

// TestFetchLooksAtEveryRedirect permits one server and lets it redirect.
func TestFetchLooksAtEveryRedirect(t *testing.T) {
	secret, seen := listener(t)
	var target string
	public := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var n int
		if _, err := fmt.Sscanf(r.URL.Path, "/hops/%d", &n); err == nil && n > 0 {
			http.Redirect(w, r, fmt.Sprintf("/hops/%d", n-1), http.StatusFound)
			return
		}
		if r.URL.Path == "/away" {
			http.Redirect(w, r, target, http.StatusFound)
			return
		}
		fmt.Fprint(w, "picture")
	}))
	t.Cleanup(public.Close)
	permitted := netip.MustParseAddrPort(public.Listener.Addr().String())
	f := newFetcher(func(a netip.AddrPort) bool { return a == permitted })
	tests := []struct {
		name, path, target string
		ok                 bool
	}{
		{"no redirect", "/", "", true},
		{"three redirects", "/hops/3", "", true},
		{"four redirects", "/hops/4", "", false},
		{"to an address that is not permitted", "/away", secret.URL, false},
		{"to it by another name", "/away", strings.Replace(secret.URL, "127.0.0.1", "localhost", 1), false},
		{"to a file", "/away", "file:///etc/passwd", false},
		{"with a password", "/away", "http://a:b@" + permitted.String() + "/", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			target = tt.target
			content, err := f.Fetch(context.Background(), public.URL+tt.path)
			if tt.ok && string(content) != "picture" || !tt.ok && shop.KindOf(err) != shop.KindInvalid {
				t.Errorf("got %q and %v", content, err)
			}
		})
	}
	if n := seen.Load(); n != 0 {
		t.Errorf("the listener saw %d connections", n)
	}
}

func TestFetchAnswers(t *testing.T) {
	big := bytes.Repeat([]byte("x"), MaxBytes+1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/busy":
			w.WriteHeader(http.StatusServiceUnavailable)
		case "/big":
			_, _ = w.Write(big)
		case "/stream":
			w.(http.Flusher).Flush()
			_, _ = w.Write(big)
		case "/cut":
			w.Header().Set("Content-Length", "100")
			_, _ = w.Write([]byte("x"))
		default:
			fmt.Fprint(w, r.Header.Get("Referer"), r.Header.Get("Cookie"), "picture")
		}
	}))
	t.Cleanup(server.Close)
	tests := []struct {
		name, path string
		want       shop.Kind
	}{
		{"one that is gone is never asked for again", "/gone", shop.KindInvalid},
		{"a busy server is", "/busy", shop.KindUnavailable},
		{"one that is too large", "/big", shop.KindTooLarge},
		{"one that does not say how large", "/stream", shop.KindTooLarge},
		{"one that is cut off", "/cut", shop.KindUnavailable},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := NewLoopbackFetcher().Fetch(context.Background(), server.URL+tt.path); shop.KindOf(err) != tt.want {
				t.Errorf("error is %v", err)
			}
		})
	}
	if content, err := NewLoopbackFetcher().Fetch(context.Background(), server.URL); string(content) != "picture" {
		t.Errorf("got %q and %v", content, err)
	}
}
