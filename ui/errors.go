package ui

import (
	"context"
	"errors"
	"net/http"

	"dalel/corpus"
	"dalel/search"
	"dalel/search/matrix"
	"dalel/search/query"
)

// Why a request that no route takes is refused.
var (
	errNoPage   = errors.New("no such page")
	errNoMethod = errors.New("method not allowed")
)

func (s *Server) notFound(http.ResponseWriter, *http.Request) error { return errNoPage }

func (s *Server) methodNotAllowed(http.ResponseWriter, *http.Request) error { return errNoMethod }

// retryAfter is how many seconds a busy server asks to wait.
const retryAfter = "2"

// verdict is what an error means to a reader: a status, and the key of the
// words for it.
type verdict struct {
	status int
	key    string
}

// judge turns an error into a verdict, by its kind.
func judge(err error) verdict {
	var (
		bad   *query.Error
		input *inputError
		large *http.MaxBytesError
		fault *matrix.ListError
	)
	switch {
	case errors.Is(err, errForeignHost):
		return verdict{http.StatusMisdirectedRequest, "error.host"}
	case errors.Is(err, errForeignSite):
		return verdict{http.StatusForbidden, "error.site"}
	case errors.Is(err, errNoToken):
		return verdict{http.StatusForbidden, "error.token"}
	case errors.Is(err, errSpentCode):
		return verdict{http.StatusForbidden, "error.code"}
	case errors.Is(err, errNoMethod):
		return verdict{http.StatusMethodNotAllowed, "error.method"}
	case errors.Is(err, errNoPage):
		return verdict{http.StatusNotFound, "error.page"}
	case errors.As(err, &bad):
		return verdict{http.StatusBadRequest, "error.query"}
	case errors.As(err, &input):
		return verdict{http.StatusBadRequest, "error.input"}
	case errors.As(err, &large):
		return verdict{http.StatusRequestEntityTooLarge, "error.large"}
	case errors.As(err, &fault) && fault.Code == matrix.FaultList:
		return verdict{http.StatusNotFound, "error.list"}
	case errors.Is(err, corpus.ErrInvalid):
		return verdict{http.StatusBadRequest, "error.invalid"}
	case errors.Is(err, corpus.ErrNotFound):
		return verdict{http.StatusNotFound, "error.document"}
	case errors.Is(err, search.ErrCostly):
		return verdict{http.StatusUnprocessableEntity, "error.costly"}
	case errors.Is(err, corpus.ErrUnavailable), errors.Is(err, context.DeadlineExceeded):
		return verdict{http.StatusServiceUnavailable, "error.busy"}
	}
	return verdict{http.StatusInternalServerError, "error.internal"}
}

// problem is the data of the page that says what went wrong.
type problem struct {
	Status int
	Key    string
	Detail string // of a query or an input, in words
	Before string // the query up to the place
	At     string // the place itself
	After  string
}

// errorPage says in words what went wrong. The log has the text of the error;
// at the usual level it has no query, for queries name people.
func (s *Server) errorPage(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil && errors.Is(err, context.Canceled) {
		return // the reader has gone
	}
	j := s.account(w, r, err)
	v := s.view(r, titled(j.key))
	p := problem{Status: j.status, Key: j.key}
	if bad := (*query.Error)(nil); errors.As(err, &bad) {
		v.Query = bad.Query
		p.Detail = queryWords(v.words, bad)
		p.Before, p.At, p.After = place(bad)
	}
	if input := (*inputError)(nil); errors.As(err, &input) {
		p.Detail = input.words(v.words)
	}
	v.Data = p
	if rerr := s.render(w, j.status, "error", v); rerr != nil {
		s.log.ErrorContext(r.Context(), "error page not made", "err", rerr)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
	}
}

// account logs an error, sets the headers that go with it, and judges it.
func (s *Server) account(w http.ResponseWriter, r *http.Request, err error) verdict {
	j := judge(err)
	if j.status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", retryAfter)
	}
	if j.status >= http.StatusInternalServerError {
		s.log.ErrorContext(r.Context(), "request failed", "status", j.status, "path", r.URL.Path, "err", quietly(err))
	}
	s.log.DebugContext(r.Context(), "request refused", "status", j.status, "err", err)
	return j
}

// quietly returns the text of an error without its subject, which may be a
// query.
func quietly(err error) string {
	if e := (*corpus.Error)(nil); errors.As(err, &e) {
		bare := *e
		bare.Subj = ""
		return bare.Error()
	}
	return err.Error()
}

// queryWords says what is wrong with a query.
func queryWords(w words, e *query.Error) string {
	key := "query." + e.Code
	if !w.Has(key) {
		return w.T("query.other")
	}
	args := make([]any, 0, 2*len(e.Args))
	for i, a := range e.Args {
		args = append(args, i+1, a)
	}
	return w.T(key, args...)
}

// place cuts a query at the place of an error. A place that is out of bounds
// or splits a letter is none.
func place(e *query.Error) (before, at, after string) {
	q, from, to := e.Query, e.At.Start, e.At.End
	if from < 0 || to < from || to > len(q) || splits(q, from) || splits(q, to) {
		return q, "", ""
	}
	return q[:from], q[from:to], q[to:]
}

// message is the text of an error for programs.
func message(w words, err error) string {
	j := judge(err)
	out := w.T(j.key)
	if bad := (*query.Error)(nil); errors.As(err, &bad) {
		out = queryWords(w, bad)
	}
	if input := (*inputError)(nil); errors.As(err, &input) {
		out = input.words(w)
	}
	return out
}
