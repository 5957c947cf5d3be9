package ui

import (
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"

	"github.com/gorilla/mux"

	"dalel/ui/i18n"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static/*
var staticFiles embed.FS

// Config says what a Server needs.
type Config struct {
	Search  Searcher
	Library Library
	Addr    string    // where it listens, host and port: "127.0.0.1:8765"
	Hosts   []string  // further values of the Host header to answer to, with the port
	Rand    io.Reader // source of the token; nil means crypto/rand
	Log     *slog.Logger
	Version string
}

// Server is the page and its JSON API, as one http.Handler.
type Server struct {
	search  Searcher
	library Library
	log     *slog.Logger
	version string
	words   map[i18n.Lang]*i18n.Printer
	views   *renderer
	guard   *guard
	handler http.Handler
}

// New returns a Server. It fails on a configuration that cannot work.
func New(c Config) (*Server, error) {
	if c.Search == nil || c.Library == nil {
		return nil, errors.New("ui: a server needs a searcher and a library")
	}
	if c.Rand == nil {
		c.Rand = rand.Reader
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	g, err := newGuard(c.Addr, c.Hosts, c.Rand)
	if err != nil {
		return nil, err
	}
	words, err := i18n.Load()
	if err != nil {
		return nil, err
	}
	views, err := newRenderer()
	if err != nil {
		return nil, fmt.Errorf("ui: reading the templates: %w", err)
	}
	s := &Server{
		search: c.Search, library: c.Library, log: c.Log, version: c.Version,
		words: words, views: views, guard: g,
	}
	// The headers are outermost: mux leaves its own middleware out when no
	// route matches, and an error page needs the policy as any other.
	s.handler = withHeaders(s.guarded(s.routes()))
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// OpenPath returns the path to open in a browser: it holds a code that can be
// used once and gives that browser the right to correct facts.
func (s *Server) OpenPath() string { return "/?token=" + s.guard.code() }

// reference is how a document stands in a path: the beginning of its ID, and
// perhaps of the hash of its text.
const reference = `{id:[0-9a-f]{8,64}}{at:(?:@[0-9a-f]{8,64})?}`

func (s *Server) routes() http.Handler {
	r := mux.NewRouter()
	r.NotFoundHandler = s.page(s.notFound)
	r.MethodNotAllowedHandler = s.page(s.methodNotAllowed)
	read := r.Methods(http.MethodGet, http.MethodHead).Subrouter()
	read.Handle("/", s.page(s.home))
	read.Handle("/search", s.page(s.searchPage))
	read.Handle("/doc/"+reference, s.page(s.document))
	read.Handle("/doc/{id:[0-9a-f]{8,64}}/facts", s.page(s.factsForm))
	read.Handle("/original/{id:[0-9a-f]{8,64}}", s.page(s.original))
	read.Handle("/status", s.page(s.status))
	read.Handle("/help", s.page(s.help))
	read.Handle("/about", http.RedirectHandler("/status", http.StatusMovedPermanently))
	read.PathPrefix("/static/").Handler(s.views.static)

	api := r.PathPrefix("/api/v1").Methods(http.MethodGet, http.MethodHead).Subrouter()
	api.Handle("/search", s.api(s.apiSearch))
	api.Handle("/doc/"+reference, s.api(s.apiDocument))

	write := r.Methods(http.MethodPost).Subrouter()
	write.Handle("/doc/{id:[0-9a-f]{8,64}}/facts", s.change(s.correctFacts))
	write.Handle("/invite", s.change(s.invite))
	return r
}
