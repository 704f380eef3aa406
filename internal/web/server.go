package web

import (
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// The limits of a connection (reference security.md 5). The write limit is
// above the longest handler's.
const (
	readHeaderTime = 5 * time.Second
	readTime       = 15 * time.Second
	writeTime      = 30 * time.Second
	idleTime       = 60 * time.Second
	maxHeader      = 16 << 10
)

// Door is a set of routes.
type Door interface{ Routes(*echo.Echo) }

// NewServer is the whole server: the kit's limits and files, and the doors
// behind them. Its address is set by the caller; Shutdown ends it gracefully.
func (k *Kit) NewServer(doors ...Door) *http.Server {
	return &http.Server{
		Handler:           k.Handler(doors...),
		ReadHeaderTimeout: readHeaderTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(k.log.Handler(), slog.LevelDebug),
	}
}

// Handler is the server without its connections.
func (k *Kit) Handler(doors ...Door) *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = k.HandleError
	e.IPExtractor = k.ipExtractor()
	e.Pre(k.identify, k.logAccess, k.harden, k.recoverPanic, k.knownHost, k.limitRequest)
	e.Use(k.sameSite, k.limitRate, k.limitTime, k.admit)
	k.ownRoutes(e)
	for _, d := range doors {
		d.Routes(e)
	}
	return e
}

func (k *Kit) ownRoutes(e *echo.Echo) {
	Get(e, "/healthz", k.alive)
	Get(e, "/readyz", k.readiness)
	Get(e, "/assets/*", k.serveAsset)
	Get(e, "/media/:file", k.serveMedia)
	Get(e, "/favicon.ico", k.serveIcon)
	Get(e, "/robots.txt", k.serveRobots)
}

// Get registers a page for GET and for HEAD.
func Get(e *echo.Echo, path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) {
	e.GET(path, h, m...)
	e.HEAD(path, h, m...)
}

// ipExtractor believes nobody but the proxies that are named.
func (k *Kit) ipExtractor() echo.IPExtractor {
	if len(k.o.TrustedProxies) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range k.o.TrustedProxies {
		network := &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
		options = append(options, echo.TrustIPRange(network))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}
