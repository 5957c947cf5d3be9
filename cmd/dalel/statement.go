package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search"
	"dalel/search/query"
	"dalel/search/quote"
	"dalel/search/verify"
)

var statementCmd = command{
	name:  "statement",
	args:  "[-lib DIR] [-json] [-o FILE] QUERY",
	short: "State that a search found nothing, with what was searched",
	long: `
Made only when nothing is found and no filter is on. The log of the search names what
you looked for: it stays in the library (user/searches) and is yours alone. What is
printed, or written to FILE, gives the scope and the hash of that log, and names nobody:
how many documents and paragraphs were searched, the state of the log, what was not
read, and how many documents are cited here but not held. With the log you can prove
later what the statement was about.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib, asJSON := libFlag(fs), fs.Bool("json", false, "one JSON object")
		out := fs.String("o", "", "file to write the statement to")
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 1 {
				fs.Usage()
				return errUsage
			}
			return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error {
				return e.statement(ctx, lib, args[0], *asJSON, *out)
			})
		}
	},
}

// searchLog is what was searched for, and how. It names people.
type searchLog struct {
	Salt       string        `json:"salt"` // so that the hash confirms no guess
	Query      string        `json:"query"`
	Read       string        `json:"read"` // as the program read it
	Notes      []search.Note `json:"notes"`
	Spellings  []string      `json:"spellings"` // expansions: terms, spellings, aliases
	Time       string        `json:"time"`
	Tool       string        `json:"tool"`
	Checkpoint string        `json:"checkpoint"`
	Scope      scope         `json:"scope"`
}

// scope is what was searched. It names nobody.
type scope struct {
	Statement  string `json:"statement"`
	Documents  int    `json:"documents"`
	Works      int    `json:"works"`
	Paragraphs int    `json:"paragraphs"`
	Pages      int    `json:"pages"`
	Unread     int    `json:"pages_unread"`
	Doubtful   int    `json:"pages_doubtful"`
	NotHeld    int    `json:"cited_not_held"` // documents that documents here cite
	Log        string `json:"log"`            // size and root of the library's log
	Key        string `json:"key"`
	Search     string `json:"search_sha256"` // hash of the log of the search
}

// searchDir is where logs of searches lie, among the user's files.
const searchDir = "searches/"

func (e *env) statement(ctx context.Context, lib *indexer.Library, q string, asJSON bool, out string) error {
	refuse := func(why string) error {
		return &corpus.Error{Op: "statement", Kind: corpus.ErrInvalid, Err: errors.New(why)}
	}
	node, err := query.Parse(q)
	if err != nil {
		return err
	}
	if name := filterIn(node); name != "" {
		return refuse("a filter is on (" + name + "): what is filtered out was not searched")
	}
	res, err := e.engine(lib).Search(ctx, search.Request{Query: q, Limit: 1})
	if err != nil {
		return err
	}
	switch {
	case res.Hits > 0:
		return refuse("it was found, in " + counted(res.Hits, "passage"))
	case res.DocsApart > 0:
		return refuse(fmt.Sprintf("the words stand apart in %s: look at them first", counted(res.DocsApart, "document")))
	}
	log, err := e.searchLog(ctx, lib, q, res)
	if err != nil {
		return err
	}
	return e.state(ctx, lib, log, asJSON, out)
}

// unfiltered are the fields that say what is looked for, not where.
var unfiltered = []query.Field{"", query.FieldName, query.FieldArticle, query.FieldCites, query.FieldPerson, query.FieldAs}

// filterIn returns the first filter of a query; "" if it has none.
func filterIn(node query.Node) (name string) {
	query.Walk(node, func(n query.Node) bool {
		if m, ok := n.(*query.Match); ok && name == "" && !slices.Contains(unfiltered, m.Field) {
			name = string(m.Field) + ":"
		}
		return true
	})
	return name
}

// searchLog gathers what was searched.
func (e *env) searchLog(ctx context.Context, lib *indexer.Library, q string, res *search.Result) (*searchLog, error) {
	stats, err := lib.Stats(ctx)
	if err != nil {
		return nil, err
	}
	missing, err := verify.NotHeld(ctx, lib)
	if err != nil {
		return nil, err
	}
	signed, err := lib.Checkpoint(ctx)
	if err != nil {
		return nil, err
	}
	salt := make([]byte, 16)
	if _, err := io.ReadFull(rand.Reader, salt); err != nil {
		return nil, err
	}
	log := &searchLog{
		Salt: hex.EncodeToString(salt), Query: q, Read: res.Query, Notes: append([]search.Note{}, res.Notes...), Spellings: []string{},
		Time: e.clock().UTC().Format("2006-01-02T15:04:05Z"), Tool: "dalel " + version(), Checkpoint: string(signed.Note),
		Scope: scope{
			Statement: "Nothing was found in this collection. That says nothing of what it does not hold, or could not read.",
			Documents: stats.Documents, Works: stats.Works, Paragraphs: stats.Paragraphs, Pages: stats.Pages,
			Unread: stats.Unread, Doubtful: stats.Doubtful, NotHeld: len(missing),
			Log: fmt.Sprintf("%d %s", signed.Size, signed.Root), Key: signed.Key,
		},
	}
	for _, n := range res.Notes {
		if n.Value != "" {
			log.Spellings = append(log.Spellings, n.Value)
		}
	}
	return log, nil
}

// state keeps the log among the user's files and gives out the scope.
func (e *env) state(ctx context.Context, lib *indexer.Library, log *searchLog, asJSON bool, out string) error {
	kept, err := json.MarshalIndent(log, "", "\t")
	if err != nil {
		return err
	}
	log.Scope.Search = quote.Hash(string(kept))
	name := searchDir + log.Scope.Search[:16] + ".json"
	if err := lib.UpdateUserFile(ctx, name, func([]byte) ([]byte, error) { return kept, nil }); err != nil {
		return err
	}
	write := func(w io.Writer) error {
		if asJSON {
			return jsonLines(w).Encode(log.Scope)
		}
		s := &log.Scope
		_, err := fmt.Fprintf(w, `%s

Searched:      %s (%s), %s, %d pages
Not read:      %s; read doubtfully: %s
Not held:      %s that documents here cite
Log:           %s
Key:           %s
The search:    SHA-256 %s (its log is kept by whoever searched)
`, s.Statement, counted(s.Documents, "document"), counted(s.Works, "work"), counted(s.Paragraphs, "paragraph"), s.Pages,
			counted(s.Unread, "page"), counted(s.Doubtful, "page"), counted(s.NotHeld, "document"), s.Log, s.Key, s.Search)
		return err
	}
	fmt.Fprintf(e.stderr, "dalel: the log of this search is user/%s in the library; it names what you looked for\n", name)
	if out != "" {
		return writeNew(out, write)
	}
	return write(e.stdout)
}
