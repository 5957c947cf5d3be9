package ui

import (
	"net/http"
	"strconv"
)

// shownRecent is how many documents the start page lists.
const shownRecent = 7

// home is the start page: a search box, and what is in the collection.
func (s *Server) home(w http.ResponseWriter, r *http.Request) error {
	stats, err := s.library.Stats(r.Context())
	if err != nil {
		return err
	}
	stats.Recent = stats.Recent[:min(len(stats.Recent), shownRecent)]
	v := s.view(r, titled("home.title"))
	v.Home, v.Data = true, homePage{Stats: stats, Examples: examples(v.words)}
	return s.render(w, http.StatusOK, "home", v)
}

type homePage struct {
	Stats
	Examples []example
}

// example is a query to try, and what it shows.
type example struct{ Query, Says, URL string }

// examples returns the queries of the start page in the reader's language.
func examples(w words) []example {
	var out []example
	for n := 1; w.Has("example." + strconv.Itoa(n)); n++ {
		key := "example." + strconv.Itoa(n)
		out = append(out, newExample(w.T(key), w.T(key+".says")))
	}
	return out
}

func newExample(query, says string) example {
	return example{query, says, searchURL([]pair{{"q", query}})}
}

// statusPage is the data of the page on what was not read.
type statusPage struct {
	Stats
	Code         string // a new one-time address, just made
	Install      string // the command that installs what draws pages and reads scans
	Draws, Reads bool   // what is installed of it
}

func (s *Server) status(w http.ResponseWriter, r *http.Request) error {
	return s.showStatus(w, r, "")
}

func (s *Server) showStatus(w http.ResponseWriter, r *http.Request, code string) error {
	stats, err := s.library.Stats(r.Context())
	if err != nil {
		return err
	}
	v := s.view(r, titled("status.title"))
	data := statusPage{Stats: stats, Code: code, Draws: true, Reads: true}
	if s.facsimile != nil {
		data.Install, data.Draws, data.Reads = s.facsimile.Install(r.Context())
	}
	v.Data = data
	return s.render(w, http.StatusOK, "status", v)
}

// invite makes a one-time address for a further browser.
func (s *Server) invite(w http.ResponseWriter, r *http.Request) error {
	code, err := s.guard.renew()
	if err != nil {
		return err
	}
	return s.showStatus(w, r, "http://"+r.Host+"/?token="+code)
}

// helpGroup is a part of the page on the query language.
type helpGroup struct {
	Key  string // of its heading
	Rows []example
}

// helpGroups lists the parts and how many examples the catalogs have of each.
var helpGroups = []struct {
	key  string
	rows int
}{{"words", 6}, {"exact", 6}, {"near", 4}, {"law", 5}, {"filters", 8}}

func (s *Server) help(w http.ResponseWriter, r *http.Request) error {
	v := s.view(r, titled("help.title"))
	var groups []helpGroup
	for _, g := range helpGroups {
		out := helpGroup{Key: "help." + g.key}
		for n := range g.rows {
			key := out.Key + "." + strconv.Itoa(n+1)
			out.Rows = append(out.Rows, newExample(v.T(key), v.T(key+".says")))
		}
		groups = append(groups, out)
	}
	v.Data = groups
	return s.render(w, http.StatusOK, "help", v)
}
