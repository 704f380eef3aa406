package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"

	"longrun/internal/shop"
)

const (
	fetchTime    = 10 * time.Second // for everything, redirects too
	maxRedirects = 3
)

// Fetcher fetches pictures from the public web and from nowhere else.
type Fetcher struct {
	client *http.Client
	permit func(netip.AddrPort) bool
}

// NewFetcher is a fetcher that connects to public addresses only. Each
// address is looked at when the connection is made, after every lookup and
// every redirect, so that no name can lead it elsewhere.
func NewFetcher() *Fetcher {
	return newFetcher(func(a netip.AddrPort) bool { return isPublic(a.Addr()) })
}

// NewLoopbackFetcher is a fetcher that may also connect to this machine's
// loopback addresses. It is for tests.
func NewLoopbackFetcher() *Fetcher {
	return newFetcher(func(a netip.AddrPort) bool { return a.Addr().IsLoopback() || isPublic(a.Addr()) })
}

func newFetcher(permit func(netip.AddrPort) bool) *Fetcher {
	f := &Fetcher{permit: permit}
	dialer := &net.Dialer{Timeout: 5 * time.Second, Control: f.control}
	f.client = &http.Client{
		Timeout:       fetchTime,
		CheckRedirect: checkRedirect,
		Transport: &http.Transport{ // no proxy: it would connect for us, unchecked
			DialContext:            dialer.DialContext,
			DisableKeepAlives:      true,
			TLSHandshakeTimeout:    5 * time.Second,
			ResponseHeaderTimeout:  8 * time.Second,
			MaxResponseHeaderBytes: 64 << 10,
		},
	}
	return f
}

var errForbidden = errors.New("not a public address")

// control is called with the very address that is about to be connected to.
func (f *Fetcher) control(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !f.permit(netip.AddrPortFrom(to.Addr().Unmap(), to.Port())) {
		return fmt.Errorf("%w: %s", errForbidden, address)
	}
	return nil
}

var errRedirects = errors.New("redirected too often")

func checkRedirect(r *http.Request, via []*http.Request) error {
	if len(via) > maxRedirects {
		return errRedirects
	}
	r.Header.Del("Referer")
	return checkURL(r.URL)
}

func checkURL(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return fmt.Errorf("%w: %s", errForbidden, u.Redacted())
	}
	return nil
}

// Fetch fetches the bytes of a picture, at most MaxBytes, within 10 seconds
// and over at most three redirects. What will never do is KindInvalid (an
// address that is not public, an answer 4xx) or KindTooLarge; what may do
// later is KindUnavailable. The bytes are not looked at; Store.Put does that.
func (f *Fetcher) Fetch(ctx context.Context, address string) ([]byte, error) {
	u, err := url.Parse(address)
	if err == nil {
		err = checkURL(u)
	}
	if err != nil {
		return nil, refusal(err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, refusal(err)
	}
	request.Header.Set("Accept", "image/*")
	request.Header.Set("User-Agent", "Longrun")
	response, err := f.client.Do(request)
	if errors.Is(err, errForbidden) || errors.Is(err, errRedirects) {
		return nil, refusal(err)
	}
	if err != nil {
		return nil, shop.Unavailable(err, "the picture could not be fetched")
	}
	defer response.Body.Close()
	return read(response)
}

func read(response *http.Response) ([]byte, error) {
	switch code := response.StatusCode; {
	case code == http.StatusTooManyRequests || code == http.StatusRequestTimeout || code >= 500:
		return nil, shop.Unavailable(fmt.Errorf("status %d", code), "the picture could not be fetched")
	case code != http.StatusOK:
		return nil, refusal(fmt.Errorf("status %d", code))
	case response.ContentLength > MaxBytes:
		return nil, tooLarge()
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, MaxBytes+1))
	if err != nil {
		return nil, shop.Unavailable(err, "the picture could not be fetched whole")
	}
	if len(content) > MaxBytes {
		return nil, tooLarge()
	}
	return content, nil
}

func refusal(err error) error {
	e := shop.Invalid("the picture's address leads to nothing that the shop may fetch")
	e.Err = err
	return e
}

func tooLarge() error {
	return shop.Errorf(shop.KindTooLarge, "the picture has more than %d MB", MaxBytes>>20)
}
