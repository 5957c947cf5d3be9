package ui

import (
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"

	"dalel/corpus"
)

// policy is the content security policy of the pages: nothing but files of
// ours, no inline script or style, nothing that frames us.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'"

// withHeaders sets the headers that everything carries, errors too. Pages are
// not kept by the browser: they name people.
func withHeaders(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// guard decides who is answered. The session is a secret of this start, held
// in a cookie; the code is handed over in an address and works once.
//
// On a loopback address anyone on this computer who names us rightly may
// read, as they could read the library's folder; only a browser that opened
// the address with the code may change something. On any other address
// nothing is answered without the session.
type guard struct {
	hosts   []string // values of the Host header, lower case
	port    string
	open    bool // a loopback address: reading needs no session
	session string
	form    string // stands in every form; not the cookie, which no page may show
	random  io.Reader
	origin  *http.CrossOriginProtection

	mu   sync.Mutex
	once string // the code that still works; "" when it is spent
}

func newGuard(addr string, hosts []string, random io.Reader) (*guard, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("ui: the address to listen on: %w", err)
	}
	g := &guard{
		port: port, open: loopback(host), random: random, origin: http.NewCrossOriginProtection(),
		hosts: []string{"127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port},
	}
	for _, h := range hosts {
		g.hosts = append(g.hosts, strings.ToLower(h))
	}
	for _, to := range []*string{&g.session, &g.form, &g.once} {
		if *to, err = secret(random); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// secret returns 130 random bits as 26 letters and digits.
func secret(random io.Reader) (string, error) {
	var b [17]byte
	if _, err := io.ReadFull(random, b[:]); err != nil {
		return "", fmt.Errorf("ui: making a token: %w", err)
	}
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))[:26], nil
}

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// knows reports whether a request names us by one of our names. On an address
// that other computers reach, any number of ours will do: a name that an
// attacker points at us is never a number.
func (g *guard) knows(host string) bool {
	host = strings.ToLower(host)
	if slices.Contains(g.hosts, host) {
		return true
	}
	if g.open {
		return false
	}
	at, err := netip.ParseAddrPort(host)
	return err == nil && host == at.String() && strconv.Itoa(int(at.Port())) == g.port
}

// foreign reports whether a browser sent a request for a page of another
// site. Following a link from elsewhere is allowed: the other site sees
// nothing of the answer. Another port of this computer is another site.
func (g *guard) foreign(r *http.Request) bool {
	origin, site := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")
	switch origin {
	case "", "http://" + r.Host, "https://" + r.Host:
	case "null":
		// Our own forms say so too: they send no referrer (Fetch, "append a request Origin header").
		if site != "same-origin" {
			return true
		}
	default:
		return true
	}
	if g.origin.Check(r) != nil {
		return true
	}
	if site == "" || site == "none" || site == "same-origin" {
		return false
	}
	return r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}

// cookie is the name of the session's cookie. Cookies do not know ports, so
// the name does: two libraries may be open side by side.
func (g *guard) cookie() string { return "dalel_" + g.port }

// trusted reports whether a request carries the session.
func (g *guard) trusted(r *http.Request) bool {
	c, err := r.Cookie(g.cookie())
	return err == nil && same(c.Value, g.session)
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// code returns the code that still works; "" when it is spent.
func (g *guard) code() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.once
}

// renew makes a new code, which takes the place of the last one.
func (g *guard) renew() (string, error) {
	code, err := secret(g.random)
	if err != nil {
		return "", err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.once = code
	return code, nil
}

// redeem spends a code and reports whether it was the right one.
func (g *guard) redeem(code string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.once == "" || !same(code, g.once) {
		return false
	}
	g.once = ""
	return true
}

// The ways a request is refused before it reaches a handler.
var (
	errForeignHost = errors.New("not a name of this server")
	errForeignSite = errors.New("sent for a page of another site")
	errNoToken     = errors.New("without the token of this start")
	errSpentCode   = errors.New("the code is spent or wrong")
)

// guarded lets through what the guard allows, and says in words what it does
// not.
func (s *Server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g := s.guard
		switch {
		case !g.knows(r.Host):
			s.refuse(w, r, errForeignHost)
		case g.foreign(r):
			s.refuse(w, r, errForeignSite)
		case r.URL.Path == "/" && r.URL.Query().Has("token"):
			s.enter(w, r)
		case !g.open && !g.trusted(r) && !isStatic(r):
			s.refuse(w, r, errNoToken)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// isStatic reports whether a request is for our own style or script, which
// the page that refuses needs and which tell nothing.
func isStatic(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/static/") }

// enter trades a code for the session's cookie.
func (s *Server) enter(w http.ResponseWriter, r *http.Request) {
	if !s.guard.redeem(r.URL.Query().Get("token")) && !s.guard.trusted(r) {
		s.refuse(w, r, errSpentCode)
		return
	}
	http.SetCookie(w, &http.Cookie{
		Name: s.guard.cookie(), Value: s.guard.session, Path: "/",
		HttpOnly: true, SameSite: http.SameSiteStrictMode,
		// Not Secure: the server speaks plain HTTP on this computer.
	})
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// refuse answers with a page in words, whatever the path asked for.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, reason error) {
	s.page(func(http.ResponseWriter, *http.Request) error { return reason }).ServeHTTP(w, r)
}

// maxForm is the most bytes of a form that is read.
const maxForm = 64 << 10

// change is a handler that changes something: it needs the session and, in
// the form, the token again.
func (s *Server) change(h handler) http.Handler { return s.changeUpTo(maxForm, h) }

// changeUpTo is change, for forms of so many bytes: with files in them.
func (s *Server) changeUpTo(most int64, h handler) http.Handler {
	return s.page(func(w http.ResponseWriter, r *http.Request) error {
		r.Body = http.MaxBytesReader(w, r.Body, most)
		parse := r.ParseForm
		if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
			parse = func() error { return r.ParseMultipartForm(most) } //nolint:gosec // in memory, and no more than most
		}
		if err := parse(); err != nil {
			return &corpus.Error{Op: "ui.form", Kind: corpus.ErrInvalid, Err: err}
		}
		if !s.guard.trusted(r) || !same(r.PostFormValue("token"), s.guard.form) {
			return errNoToken
		}
		return h(w, r)
	})
}
