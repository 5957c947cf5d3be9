package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"io"

	"dalel/corpus"
	"dalel/corpus/lang"
)

// maxLine bounds a line of the diagnostics' input.
const maxLine = 16 << 20

var analyzeCmd = command{
	name:  "analyze",
	args:  "-lang kk|ru|en|auto",
	short: "Print the words and stems of each line of standard input",
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		code := fs.String("lang", "auto", "kk, ru, en or auto")
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 0 {
				fs.Usage()
				return errUsage
			}
			as := lang.Code(*code)
			switch as {
			case lang.KK, lang.RU, lang.EN:
			case "auto":
				as = lang.Und
			default:
				return &corpus.Error{Op: "analyze", Subj: *code, Kind: corpus.ErrInvalid, Err: errLang}
			}
			return eachLine(ctx, e, func(line string) any { return analysis(line, as) })
		}
	},
}

type tokenJSON struct {
	Text  string   `json:"text"`
	Start int      `json:"start"`
	End   int      `json:"end"`
	Exact string   `json:"exact"`
	Stems []string `json:"stems"`
}

type analysisJSON struct {
	Lang   lang.Code   `json:"lang"`
	Tokens []tokenJSON `json:"tokens"`
}

// analysis reads a line as a language, or as the one it is in for Und.
func analysis(line string, as lang.Code) analysisJSON {
	code, tokens := lang.Analyze(line, as)
	a := analysisJSON{Lang: code, Tokens: make([]tokenJSON, 0, len(tokens))}
	offsets := make([]int, 0, 2*len(tokens))
	for _, t := range tokens {
		offsets = append(offsets, t.Start, t.End)
	}
	points := corpus.CodePoints(line, offsets...)
	for i, t := range tokens {
		a.Tokens = append(a.Tokens, tokenJSON{line[t.Start:t.End], points[2*i], points[2*i+1], t.Form, t.Stems})
	}
	return a
}

// eachLine answers each line of standard input with a line of JSON. It answers
// at once when no further line is waiting, so that another program may ask and
// read by turns, and gives what it has when it fails.
func eachLine(ctx context.Context, e *env, answer func(string) any) error {
	w := bufio.NewWriter(e.stdout)
	in := bufio.NewScanner(&flushingReader{in: e.stdin, before: w.Flush})
	in.Buffer(make([]byte, 64<<10), maxLine)
	enc := jsonLines(w)
	for in.Scan() {
		if err := ctx.Err(); err != nil {
			return errors.Join(err, w.Flush())
		}
		if err := enc.Encode(answer(in.Text())); err != nil {
			return errors.Join(err, w.Flush())
		}
	}
	return errors.Join(in.Err(), w.Flush())
}

// flushingReader writes out what is ready before it waits for more.
type flushingReader struct {
	in     io.Reader
	before func() error
}

func (r *flushingReader) Read(b []byte) (int, error) {
	if err := r.before(); err != nil {
		return 0, err
	}
	return r.in.Read(b)
}

var errLang = errors.New("-lang is kk, ru, en or auto")
