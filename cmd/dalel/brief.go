package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/search/cite"
	"dalel/search/export"
	"dalel/search/quote"
)

var briefCmd = command{
	name:  "brief",
	args:  "[-lib DIR] new|list|add|show|note|rm ...",
	short: "Make and change briefs: named folders of quotes",
	verbs: true,
	long: `
  brief list                               the briefs
  brief new NAME                           an empty one; -style, -lang and -form are kept in it
  brief show NAME                          its items, with their citations
  brief add NAME DOC#PARA[:START-END]      a paragraph, or some characters of it
  brief add -words "…" NAME DOC#PARA[..PARA]
                                           words of one or more paragraphs, as you would type them:
                                           […] for what is left out, [your words], [sic], *emphasis*
  brief add -heading "…" NAME              a heading; -own "…" for a paragraph of your own words
  brief note NAME N TEXT                   a note to item N, for you alone
  brief tag NAME N TAG...                  its tags
  brief move NAME N TO                     its place, from 1
  brief withhold NAME [N]                  not for publication: the brief, or an item; again takes it back
  brief rm NAME [N]                        the brief, or an item

A brief is a plain JSON file in the library's folder user/briefs.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib, asJSON := libFlag(fs), fs.Bool("json", false, "one JSON object a line")
		b := &briefing{citing: citeFlags(fs), json: asJSON}
		b.form = fs.String("form", "", "footnote or inline")
		b.words = fs.String("words", "", "the words to quote, as typed")
		b.heading = fs.String("heading", "", "add a heading")
		b.own = fs.String("own", "", "add a paragraph of your own words")
		b.sheet = fs.String("sheet", "", `place in a case file: "т. 2, л.д. 114"`)
		b.translation = fs.String("translation", "", "the words in the language of the brief, translated by you")
		return func(ctx context.Context, e *env, args []string) error {
			do, ok := briefVerbs[first(args)]
			if !ok || len(args)-1 < do.least || do.most >= 0 && len(args)-1 > do.most {
				fs.Usage()
				return errUsage
			}
			return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error {
				b.env, b.lib, b.briefs = e, lib, quote.Briefs{Files: lib}
				return do.run(b, ctx, args[1:])
			})
		}
	},
}

func first(args []string) string {
	if len(args) == 0 {
		return ""
	}
	return args[0]
}

// briefing is one call of brief.
type briefing struct {
	*env
	citing
	form, words, heading, own, sheet, translation *string
	json                                          *bool
	lib                                           *indexer.Library
	briefs                                        quote.Briefs
}

// briefVerbs are what brief does, with the number of arguments; -1 for any.
var briefVerbs = map[string]struct {
	run         func(*briefing, context.Context, []string) error
	least, most int
}{
	"list": {(*briefing).list, 0, 0}, "new": {(*briefing).create, 1, 1}, "show": {(*briefing).show, 1, 1},
	"add": {(*briefing).add, 1, 2}, "note": {(*briefing).note, 3, -1}, "tag": {(*briefing).tag, 2, -1},
	"move": {(*briefing).move, 3, 3}, "withhold": {(*briefing).withhold, 1, 2}, "rm": {(*briefing).remove, 1, 2},
}

func (b *briefing) list(ctx context.Context, _ []string) error {
	names, err := b.briefs.List(ctx)
	if err != nil {
		return err
	}
	out := jsonLines(b.stdout)
	for _, name := range names {
		one, err := b.briefs.Load(ctx, name)
		if err != nil {
			return err
		}
		if *b.json {
			if err := out.Encode(map[string]any{"name": name, "quotes": one.Quotes(), "withheld": one.Withheld}); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(b.stdout, "%s (%s)\n", printable(name), counted(one.Quotes(), "quote"))
	}
	return nil
}

func (b *briefing) create(ctx context.Context, args []string) error {
	style := cite.Style(*b.style)
	if style != "" {
		if _, err := style.Lang(*b.lang, ""); err != nil {
			return err
		}
	}
	return b.briefs.New(ctx, quote.Brief{Name: args[0], Style: style, Lang: *b.lang, Form: cite.Form(*b.form)})
}

// add adds a quote, a heading or a paragraph.
func (b *briefing) add(ctx context.Context, args []string) error {
	it := quote.Item{Heading: *b.heading, Words: *b.own}
	if it.Heading == "" && it.Words == "" {
		if len(args) != 2 {
			return &corpus.Error{Op: "brief", Kind: corpus.ErrInvalid, Err: errors.New("name what to quote: DOC#p34, DOC#~17 or DOC#~17:10-40")}
		}
		q, err := b.quote(ctx, args[1])
		if err != nil {
			return err
		}
		it.Quote = q
	}
	return b.briefs.Change(ctx, args[0], func(one *quote.Brief) error {
		fmt.Fprintf(b.stdout, "%d\n", one.Add(it))
		return nil
	})
}

// quote reads DOC#PARA[..PARA][:START-END] and the words that were typed.
func (b *briefing) quote(ctx context.Context, name string) (*quote.Quote, error) {
	name, span := cutSpan(name)
	name, lastName, _ := strings.Cut(name, "..")
	d, p, err := paragraph(ctx, b.lib, name)
	if err != nil {
		return nil, err
	}
	last := p
	if lastName != "" {
		doc, _, _ := strings.Cut(name, "#")
		if _, last, err = paragraph(ctx, b.lib, doc+"#"+lastName); err != nil {
			return nil, err
		}
	}
	q := quote.Whole(d.ID, d.TextHash, p)
	switch {
	case *b.words != "":
		q.Pieces, err = quote.Parse(*b.words, d.Text, p.Ord, last.Ord, span[0])
	case span[1] > 0:
		if span[1] > utf8.RuneCountInString(last.Text) {
			return nil, &corpus.Error{Op: "brief", Subj: name, Kind: corpus.ErrInvalid, Err: fmt.Errorf("the paragraph has %d characters", utf8.RuneCountInString(last.Text))}
		}
		q.Pieces, err = quote.Range(d.Text, p.Ord, span[0], last.Ord, span[1])
	case last != p:
		q.Pieces, err = quote.Range(d.Text, p.Ord, q.Pieces[0].Start, last.Ord, utf8.RuneCountInString(last.Text))
	}
	if err != nil {
		return nil, err
	}
	q.Sheet = *b.sheet
	if *b.translation != "" {
		q.Translation = &quote.Translation{Text: *b.translation, Lang: *b.lang}
	}
	_, err = q.Resolve(d.Text)
	return &q, err
}

// cutSpan cuts ":10-40" off a name.
func cutSpan(name string) (string, [2]int) {
	head, tail, ok := cutLast(name, ":")
	from, to, both := strings.Cut(tail, "-")
	a, err1 := strconv.Atoi(from)
	z, err2 := strconv.Atoi(to)
	if !ok || !both || err1 != nil || err2 != nil {
		return name, [2]int{}
	}
	return head, [2]int{a, z}
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// briefItemJSON is an item of `brief show -json`.
type briefItemJSON struct {
	No       int      `json:"no"`
	Heading  string   `json:"heading,omitempty"`
	Words    string   `json:"words,omitempty"`
	Quote    string   `json:"quote,omitempty"`
	Citation string   `json:"citation,omitempty"`
	Ref      string   `json:"ref,omitempty"`
	Note     string   `json:"note,omitempty"`
	Tags     []string `json:"tags,omitempty"`
	Withheld bool     `json:"withheld,omitempty"`
}

func (b *briefing) show(ctx context.Context, args []string) error {
	one, err := b.briefs.Load(ctx, args[0])
	if err != nil {
		return err
	}
	bundle, err := export.Build(ctx, b.lib, nil, one, export.Options{Style: cite.Style(*b.style), Lang: *b.lang, Form: cite.Form(*b.form)})
	if err != nil {
		return err
	}
	out := jsonLines(b.stdout)
	for i, it := range one.Items {
		line := briefItemJSON{No: it.No, Heading: it.Heading, Words: it.Words, Note: it.Note, Tags: it.Tags, Withheld: it.Withheld}
		if q := bundle.Items[i].Quote; q != nil {
			line.Quote, line.Citation = q.Shown, q.Cite.String()
			line.Ref = corpus.Permalink(q.Doc.ID, q.Card.Text, q.Spans[0].Ord)
		}
		if *b.json {
			if err := out.Encode(line); err != nil {
				return err
			}
			continue
		}
		b.printItem(&line)
	}
	return nil
}

func (b *briefing) printItem(it *briefItemJSON) {
	switch {
	case it.Heading != "":
		fmt.Fprintf(b.stdout, "%d. == %s\n", it.No, printable(it.Heading))
	case it.Words != "":
		fmt.Fprintf(b.stdout, "%d. %s\n", it.No, printable(it.Words))
	default:
		fmt.Fprintf(b.stdout, "%d. “%s”\n   %s\n   %s\n", it.No, printable(it.Quote), printable(it.Citation), it.Ref)
	}
	if it.Note != "" {
		fmt.Fprintf(b.stdout, "   note: %s\n", printable(it.Note))
	}
	if len(it.Tags) > 0 {
		fmt.Fprintf(b.stdout, "   tags: %s\n", printable(strings.Join(it.Tags, ", ")))
	}
	if it.Withheld {
		fmt.Fprintln(b.stdout, "   not for publication")
	}
}

// change changes one item, named by its number.
func (b *briefing) change(ctx context.Context, name, no string, do func(*quote.Brief, *quote.Item) error) error {
	n, err := strconv.Atoi(no)
	if err != nil {
		return &corpus.Error{Op: "brief", Subj: no, Kind: corpus.ErrInvalid, Err: errors.New("an item is named by its number; brief show prints it")}
	}
	return b.briefs.Change(ctx, name, func(one *quote.Brief) error {
		it, err := one.Find(n)
		if err != nil {
			return err
		}
		return do(one, it)
	})
}

func (b *briefing) note(ctx context.Context, args []string) error {
	return b.change(ctx, args[0], args[1], func(_ *quote.Brief, it *quote.Item) error {
		it.Note = strings.Join(args[2:], " ")
		return nil
	})
}

func (b *briefing) tag(ctx context.Context, args []string) error {
	return b.change(ctx, args[0], args[1], func(_ *quote.Brief, it *quote.Item) error {
		it.Tags = slices.Clone(args[2:])
		return nil
	})
}

func (b *briefing) move(ctx context.Context, args []string) error {
	to, err := strconv.Atoi(args[2])
	if err != nil || to < 1 {
		return &corpus.Error{Op: "brief", Subj: args[2], Kind: corpus.ErrInvalid, Err: errors.New("a place is a number from 1")}
	}
	return b.change(ctx, args[0], args[1], func(one *quote.Brief, it *quote.Item) error { return one.Move(it.No, to) })
}

func (b *briefing) withhold(ctx context.Context, args []string) error {
	if len(args) == 1 {
		return b.briefs.Change(ctx, args[0], func(one *quote.Brief) error {
			one.Withheld = !one.Withheld
			return nil
		})
	}
	return b.change(ctx, args[0], args[1], func(_ *quote.Brief, it *quote.Item) error {
		it.Withheld = !it.Withheld
		return nil
	})
}

func (b *briefing) remove(ctx context.Context, args []string) error {
	if len(args) == 1 {
		return b.briefs.Remove(ctx, args[0])
	}
	return b.change(ctx, args[0], args[1], func(one *quote.Brief, it *quote.Item) error { return one.Delete(it.No) })
}
