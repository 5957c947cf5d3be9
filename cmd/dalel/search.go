package main

import (
	"context"
	"flag"
	"fmt"
	"strconv"
	"strings"

	"dalel/corpus"
	"dalel/corpus/lang"
	"dalel/corpus/law"
	"dalel/indexer"
	"dalel/search"
	"dalel/search/cite"
)

// searchFlags are the flags of a search.
type searchFlags struct {
	lib                        *string
	json, facets               *bool
	n, offset                  *int
	after                      *string
	sort, kind, lang, from, to *string
}

var searchCmd = command{
	name:  "search",
	args:  "[-lib DIR] [-json] [-n N] [-offset N] [-after REF] [-sort relevance|date|-date] [-kind K] [-lang L] [-from D] [-to D] [-facets] QUERY",
	short: "Print the passages that match a query",
	long: `
Words are found in all their forms and must stand in one paragraph.
  арест адвокат          both words            "мирное собрание"   these forms, this order
  пытки OR азаптау       either                -штраф              without
  задерж*  осужд?нный    wildcards             пытки w/5 СИЗО      within 5 words
  =слово                 this form only        a /s b              in one sentence
  name:"…" article:405   names, articles       kind:verdict lang:kk date:2019..2023`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		f := searchFlags{
			lib: libFlag(fs), json: fs.Bool("json", false, "one JSON object a line"),
			facets: fs.Bool("facets", false, "count works by kind, year, court …"),
			n:      fs.Int("n", 20, "passages to print"), offset: fs.Int("offset", 0, "passages to pass over"),
			after: fs.String("after", "", "only passages that come after this one of the answer (DOC@T#~17)"),
			sort:  fs.String("sort", "relevance", "relevance, date or -date"),
			kind:  fs.String("kind", "", "only documents of this kind"), lang: fs.String("lang", "", "only passages in kk, ru or en"),
			from: fs.String("from", "", "only documents of this date or later (2019, 2019-05, 2019-05-31)"),
			to:   fs.String("to", "", "only documents of this date or earlier"),
		}
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) == 0 {
				fs.Usage()
				return errUsage
			}
			req, err := f.request(strings.Join(args, " "))
			if err != nil {
				return err
			}
			return e.withLibrary(ctx, *f.lib, func(lib *indexer.Library) error {
				return runSearch(ctx, e, lib, req, *f.json)
			})
		}
	},
}

// request checks the flags and makes a Request of them.
func (f *searchFlags) request(q string) (search.Request, error) {
	invalid := func(format string, args ...any) (search.Request, error) {
		return search.Request{}, &corpus.Error{Op: "search", Kind: corpus.ErrInvalid, Err: fmt.Errorf(format, args...)}
	}
	sort := search.Sort(*f.sort)
	switch {
	case !sort.Known():
		return invalid("-sort is relevance, date or -date, not %q", *f.sort)
	case *f.n < 0 || *f.offset < 0:
		return invalid("-n and -offset must not be negative")
	case *f.kind != "" && !corpus.Kind(*f.kind).Known():
		return invalid("-kind %q; the kinds are %v", *f.kind, corpus.Kinds)
	case *f.lang != "" && *f.lang != "kk" && *f.lang != "ru" && *f.lang != "en":
		return invalid("-lang is kk, ru or en, not %q", *f.lang)
	}
	if err := checkDates(corpus.Date(*f.from), corpus.Date(*f.to)); err != nil {
		return invalid("%w", err)
	}
	req := search.Request{
		Query: q, Sort: sort, Offset: *f.offset, After: *f.after, Limit: *f.n, Facets: *f.facets,
		Filter: search.Filter{Facts: map[corpus.Key][]string{}, From: corpus.Date(*f.from), To: corpus.Date(*f.to)},
	}
	if *f.kind != "" {
		req.Filter.Facts[corpus.KeyKind] = []string{*f.kind}
	}
	if *f.lang != "" {
		req.Filter.Facts[corpus.KeyLang] = []string{*f.lang}
	}
	return req, nil
}

// checkDates checks the dates from which and to which is searched.
func checkDates(from, to corpus.Date) error {
	for _, d := range []corpus.Date{from, to} {
		if d != "" && !d.Valid() {
			return fmt.Errorf("%q is not a date; write 2019, 2019-05 or 2019-05-31", d)
		}
	}
	first, _ := from.Days()
	if _, last := to.Days(); last > 0 && first > last {
		return fmt.Errorf("-from %s is after -to %s", from, to)
	}
	return nil
}

func runSearch(ctx context.Context, e *env, lib *indexer.Library, req search.Request, asJSON bool) error {
	res, err := e.engine(lib).Search(ctx, req)
	if err != nil {
		return err
	}
	at := bullets{ctx: ctx, lib: lib, texts: map[corpus.ID]*corpus.Document{}}
	if asJSON {
		return printJSON(e, res, &at)
	}
	for i := range res.Passages {
		h := &res.Passages[i]
		printHit(e.stdout, strconv.Itoa(res.Rank+i)+".", h, at.of(h), e.terminal)
	}
	printFacets(e, res)
	printUnnumbered(e, res.Unnumbered, &at)
	fmt.Fprintln(e.stderr, told(res))
	return nil
}

// bullets tells where the bullets under printed numbers stand. It keeps the
// texts that it has read for one answer.
type bullets struct {
	ctx   context.Context //nolint:containedctx // of the one answer
	lib   *indexer.Library
	texts map[corpus.ID]*corpus.Document
}

// of is the pinpoint of a passage that is a bullet: "para. 3.7, first bullet"; ""
// of others, and where the text has become another since.
func (b *bullets) of(h *search.Hit) string {
	if h.Para.Under == 0 {
		return ""
	}
	d := b.texts[h.Doc.ID]
	if d == nil {
		var err error
		if d, err = document(b.ctx, b.lib, string(h.Doc.ID)); err != nil {
			return ""
		}
		b.texts[h.Doc.ID] = d
	}
	if d.TextHash != h.Text {
		return ""
	}
	return cite.Bullet(d, &h.Para, "en")
}

func printJSON(e *env, res *search.Result, at *bullets) error {
	out := jsonLines(e.stdout)
	for i := range res.Passages {
		if err := out.Encode(newHitJSON(res.Rank+i, &res.Passages[i])); err != nil {
			return err
		}
	}
	s := newSummaryJSON(res)
	if u := s.NoNumber; u != nil {
		for i := range u.Passages {
			u.Passages[i].Pinpoint = at.of(&res.Unnumbered.Passages[i])
		}
	}
	return out.Encode(s)
}

// printUnnumbered prints what names the case of a document without its number.
// The passages have no rank: they are not counted.
func printUnnumbered(e *env, u *search.Unnumbered, at *bullets) {
	if u == nil {
		return
	}
	verb := "name"
	if u.Hits == 1 {
		verb = "names"
	}
	fmt.Fprintf(e.stdout, "Not counted: %s %s the case without its number (%s). All of them: %s\n\n", counted(u.Hits, "passage"), verb, about(u.About), u.Query)
	for i := range u.Passages {
		h := &u.Passages[i]
		printHit(e.stdout, "–", h, at.of(h), e.terminal)
	}
}

// about says whom a document is about, and how that is known.
func about(list []search.Concern) string {
	said := make([]string, len(list))
	for i, c := range list {
		said[i] = printable(c.Name) + ", by " + basisWords[c.Basis]
		if c.Source != "" {
			said[i] += " " + printable(c.Source)
		}
	}
	return strings.Join(said, "; ")
}

var basisWords = map[search.Basis]string{
	search.ByDocument: "the document itself",
	search.ByPassage:  "a passage that names both",
	search.ByAlias:    "the table of other names",
	search.ByTable:    "the table that comes with dalel, after",
}

func printFacets(e *env, res *search.Result) {
	for _, f := range res.Facets {
		fmt.Fprintf(e.stdout, "%s:", f.Key)
		for _, v := range f.Values {
			fmt.Fprintf(e.stdout, " %s (%d)", printable(v.Value), v.Works)
		}
		fmt.Fprintln(e.stdout)
	}
}

// told says what was found, and what could have been missed.
func told(res *search.Result) string {
	var b strings.Builder
	if res.Hits == 0 {
		b.WriteString("nothing found in this collection")
	} else {
		fmt.Fprintf(&b, "%s in %s", counted(res.Hits, "passage"), counted(res.Docs, "document"))
	}
	if res.DocsApart > 0 {
		fmt.Fprintf(&b, "; %s with the words apart", counted(res.DocsApart, "more document"))
	}
	if o := res.Outside; o != nil {
		fmt.Fprintf(&b, "; %s without %v: %s", counted(o.Hits, "passage"), o.Fields, o.Query)
	}
	if res.WithoutPart > 0 {
		fmt.Fprintf(&b, "; %d more with the article but without the part", res.WithoutPart)
	}
	if u := res.Unnumbered; u != nil {
		fmt.Fprintf(&b, "; not counted: %s of the case without its number", counted(u.Hits, "passage"))
	}
	if res.Unread > 0 {
		fmt.Fprintf(&b, "; %s of the collection not read (dalel doctor lists them)", counted(res.Unread, "page"))
	}
	if res.Doubtful > 0 {
		fmt.Fprintf(&b, "; %s of doubtful text", counted(res.Doubtful, "page"))
	}
	for _, n := range res.Notes {
		tellNote(&b, &n)
	}
	return b.String()
}

// tellNote says what a reader must know of how the query was read.
func tellNote(b *strings.Builder, n *search.Note) {
	switch n.Kind { //nolint:exhaustive // the others explain, and change nothing
	case search.NoteLimit:
		fmt.Fprintf(b, "\nincomplete: %s stands for too many words, some were left out; write more letters of it", n.Text)
	case search.NoteCommon:
		fmt.Fprintf(b, "\nincomplete: %q was left out, too many passages have it", n.Text)
	case search.NoteRebuilt:
		b.WriteString("\nthe index has to be made again; until then an answer may lack something")
	case search.NoteRef:
		if n.Text != n.Value {
			fmt.Fprintf(b, "\n%s is read as %s", printable(n.Text), saidKey(n.Value))
		}
	case search.NoteSuccessor:
		fmt.Fprintf(b, "\n%s corresponds to %s: %s", saidKey(n.Text), saidKey(n.Value), n.Query)
	case search.NoteAbout:
		if n.Value == "" {
			fmt.Fprintf(b, "\nnothing here tells whom %s is about", n.Text)
		} else {
			fmt.Fprintf(b, "\nnames the case of %s without its number: %s", n.Text, about([]search.Concern{{Name: n.Value, Basis: n.Basis, Source: n.Source}}))
		}
	}
}

// saidKey is a key with the heading of its article.
func saidKey(key string) string {
	if h := law.Heading(key, lang.EN); h != "" {
		return key + " (" + h + ")"
	}
	return key
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
