package ui

import (
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"dalel/corpus"
	"dalel/search/matrix"
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
	Reports Reporter
	Pages   Facsimile        // nil where pages of originals cannot be shown
	Desk    Desk             // nil for a server that only searches
	Checker Checker          // nil where nothing checks files
	Lists   *matrix.Desk     // nil where no lists are kept
	Clock   func() time.Time // of what a person does; needed with a Desk
	Addr    string           // where it listens, host and port: "127.0.0.1:8765"
	Hosts   []string         // further values of the Host header to answer to, with the port
	Rand    io.Reader        // source of the token; nil means crypto/rand
	Log     *slog.Logger
	Version string
}

// Server is the page and its JSON API, as one http.Handler.
type Server struct {
	search    Searcher
	library   Library
	reports   Reporter
	facsimile Facsimile
	desk      Desk
	checker   Checker
	lists     *matrix.Desk
	clock     func() time.Time
	upload    upload
	log       *slog.Logger
	version   string
	words     map[i18n.Lang]*i18n.Printer
	views     *renderer
	guard     *guard
	seats     chan struct{} // taken by the requests that are being answered
	handler   http.Handler
}

// New returns a Server. It fails on a configuration that cannot work.
func New(c Config) (*Server, error) {
	if c.Search == nil || c.Library == nil || c.Reports == nil {
		return nil, errors.New("ui: a server needs a searcher, a library and a reporter")
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
	if c.Desk != nil && c.Clock == nil {
		return nil, errors.New("ui: a server that keeps quotes needs a clock")
	}
	s := &Server{
		search: c.Search, library: c.Library, reports: c.Reports, facsimile: c.Pages, desk: c.Desk, checker: c.Checker, lists: c.Lists, clock: c.Clock, log: c.Log, version: c.Version,
		words: words, views: views, guard: g,
		seats: make(chan struct{}, seats),
	}
	// The headers are outermost: mux leaves its own middleware out when no
	// route matches, and an error page needs the policy as any other.
	s.handler = withHeaders(s.guarded(s.limited(s.routes())))
	return s, nil
}

// seats is how many requests are answered at once. A reader's browser opens
// six connections; the rest would only wait for the same two cores.
const seats = 64

// limited turns away what is too much at once, before it takes memory.
func (s *Server) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case s.seats <- struct{}{}:
			defer func() { <-s.seats }()
			next.ServeHTTP(w, r)
		default:
			s.either(func(http.ResponseWriter, *http.Request) error { return errFull }).ServeHTTP(w, r)
		}
	})
}

// errFull is why a request is turned away.
var errFull = &corpus.Error{Op: "ui", Kind: corpus.ErrUnavailable, Err: errors.New("too many requests at once")}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// OpenPath returns the path to open in a browser: it holds a code that can be
// used once and gives that browser the right to correct facts.
func (s *Server) OpenPath() string { return "/?token=" + s.guard.code() }

// How a document stands in a path: by the beginning of its ID, and perhaps of
// the hash of its text.
const (
	document  = `{id:[0-9a-f]{8,64}}`
	reference = document + `{at:(?:@[0-9a-f]{8,64})?}`
)

func (s *Server) routes() http.Handler {
	r := mux.NewRouter().SkipClean(true)
	r.NotFoundHandler = s.either(s.notFound)
	r.MethodNotAllowedHandler = s.either(s.methodNotAllowed)
	get := func(path string, h http.Handler) { r.Handle(path, h).Methods(http.MethodGet, http.MethodHead) }
	get("/", s.page(s.home))
	get("/search", s.page(s.searchPage))
	get("/doc/"+reference, s.page(s.document))
	get("/doc/"+document+"/facts", s.page(s.factsForm))
	get("/doc/"+document+"/beside/{other:[0-9a-f]{8,64}}", s.page(s.beside))
	get("/doc/"+document+"/page/{page:[0-9]{1,5}}", s.page(s.pageImage))
	get("/original/"+document, s.page(s.original))
	get("/original/"+document+"/view", s.page(s.viewOriginal))
	get("/person", s.page(s.person))
	get("/article", s.page(s.article))
	get("/cited", s.page(s.cited))
	get("/notheld", s.page(s.notHeld))
	get("/status", s.page(s.status))
	get("/help", s.page(s.help))
	get("/about", http.RedirectHandler("/status", http.StatusMovedPermanently))
	get("/static/{file}", s.views.static)
	get("/api/v1/search", s.api(s.apiSearch))
	get("/api/v1/doc/"+reference, s.api(s.apiDocument))

	r.Handle("/doc/"+document+"/facts", s.change(s.correctFacts)).Methods(http.MethodPost)
	r.Handle("/invite", s.change(s.invite)).Methods(http.MethodPost)
	s.deskRoutes(r, get)
	s.listRoutes(r, get)
	return r
}

// deskRoutes are the pages of quotes, briefs and checks.
func (s *Server) deskRoutes(r *mux.Router, get func(string, http.Handler)) {
	post := func(path string, h handler) { r.Handle(path, s.change(h)).Methods(http.MethodPost) }
	if s.desk != nil {
		get("/quote", s.page(s.quotePage))
		get("/briefs", s.page(s.briefs))
		get("/brief", s.page(s.brief))
		get("/brief/export", s.page(s.exportCheck))
		get("/export", s.page(s.exportCheck))
		get("/api/v1/cite", s.api(s.apiCite))
		post("/quote", s.addQuote)
		post("/briefs", s.newBrief)
		post("/brief", s.changeBrief)
		post("/brief/export", s.exportFile)
		post("/export", s.exportFile)
	}
	if s.checker != nil {
		get("/verify", s.page(s.verifyForm))
		r.Handle("/verify", s.changeUpTo(maxUpload, s.verifyFile)).Methods(http.MethodPost)
		post("/verify/notes", s.verifyNotes)
	}
}

// listRoutes are the pages of lists of names.
func (s *Server) listRoutes(r *mux.Router, get func(string, http.Handler)) {
	if s.lists == nil {
		return
	}
	get("/lists", s.page(s.listsForm))
	get("/list", s.page(s.list))
	get("/list/file", s.page(s.listFile))
	get("/list/articles", s.page(s.together))
	r.Handle("/lists", s.changeUpTo(matrix.MaxBytes, s.keepList)).Methods(http.MethodPost)
	r.Handle("/list", s.change(s.changeList)).Methods(http.MethodPost)
	r.Handle("/list/import", s.changeUpTo(matrix.MaxBytes, s.importList)).Methods(http.MethodPost)
}

// either answers programs in JSON and people with a page.
func (s *Server) either(h handler) http.Handler {
	page, api := s.page(h), s.api(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			api.ServeHTTP(w, r)
			return
		}
		page.ServeHTTP(w, r)
	})
}
