package main

import (
	"context"
	"errors"
	"flag"

	"dalel/corpus"
	"dalel/corpus/law"
)

var refsCmd = command{
	name:  "refs",
	args:  "[-date YYYY-MM-DD]",
	short: "Print the statutes and documents that each line of standard input refers to",
	long: `
Each line is read by itself and answered with a line of JSON. The date of the
text tells which edition of a code it means where the text does not; without
it the edition stays open and the candidates are listed.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		date := fs.String("date", "", "the `day` the text was written: 2014-05-31, 2014-05 or 2014")
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 0 {
				fs.Usage()
				return errUsage
			}
			day := corpus.Date(*date)
			if day != "" && !day.Valid() {
				return &corpus.Error{Op: "refs", Subj: *date, Kind: corpus.ErrInvalid, Err: errDay}
			}
			return eachLine(ctx, e, func(line string) any { return references(line, day) })
		}
	},
}

// refJSON is a reference as CLI.md promises it.
type refJSON struct {
	Start      int      `json:"start"`
	End        int      `json:"end"`
	Text       string   `json:"text"`
	Kind       law.Kind `json:"kind"`
	Key        string   `json:"key,omitempty"`
	ID         string   `json:"id,omitempty"`
	Instrument string   `json:"instrument"`
	Edition    string   `json:"edition"`
	Candidates []string `json:"candidates,omitempty"`
	Article    string   `json:"article"`
	Part       string   `json:"part"`
	Point      string   `json:"point"`
	Subpoint   string   `json:"subpoint"`
	Paragraph  string   `json:"paragraph"`
}

type refsJSON struct {
	Refs []refJSON `json:"refs"`
}

func references(line string, day corpus.Date) refsJSON {
	out := refsJSON{Refs: []refJSON{}}
	refs := law.Find(line, law.Context{Date: day})
	offsets := make([]int, 0, 2*len(refs))
	for _, r := range refs {
		offsets = append(offsets, r.Start, r.End)
	}
	points := corpus.CodePoints(line, offsets...)
	for i, r := range refs {
		out.Refs = append(out.Refs, refJSON{
			Start: points[2*i], End: points[2*i+1], Text: line[r.Start:r.End],
			Kind: r.Kind, Key: r.Key(), ID: r.ID, Instrument: r.Instrument, Edition: r.Edition, Candidates: r.Candidates,
			Article: r.Article, Part: r.Part, Point: r.Point, Subpoint: r.Subpoint, Paragraph: r.Paragraph,
		})
	}
	return out
}

var errDay = errors.New("-date is YYYY-MM-DD, YYYY-MM or YYYY")
