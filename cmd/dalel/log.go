package main

import (
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"io"
	"os"

	"dalel/corpus/custody"
	"dalel/indexer"
)

var logCmd = command{
	name:  "log",
	args:  "[-lib DIR] [-label WORD] [-check FILE] [-tsq FILE]",
	short: "Sign the state of the library's log",
	long: `
Prints a checkpoint: how many records the log has and the root of their hash tree,
signed, and the key that verifies it. Keep a copy elsewhere: from then on nobody can
change the log unseen. -check compares the log with such a copy.

-label chooses the word that the key carries: a pseudonym, never your name or that of
this computer. -tsq writes a request for a timestamp (RFC 3161) over the checkpoint into
a file; only a hash is in it. dalel sends nothing: whoever you send it to learns your
address and the time, so think first.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib := libFlag(fs)
		label := fs.String("label", "", "make a new key with this label")
		check := fs.String("check", "", "a checkpoint from before")
		tsq := fs.String("tsq", "", "file for a timestamp request")
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 0 {
				fs.Usage()
				return errUsage
			}
			return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error {
				if *check != "" {
					return e.checkLog(ctx, lib, *check)
				}
				if *label != "" {
					if err := lib.SetLabel(ctx, *label); err != nil {
						return err
					}
				}
				return e.signLog(ctx, lib, *tsq)
			})
		}
	},
}

func (e *env) checkLog(ctx context.Context, lib *indexer.Library, file string) error {
	note, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := lib.Holds(ctx, note); err != nil {
		return err
	}
	fmt.Fprintln(e.stdout, "the log has only grown since this checkpoint")
	return nil
}

func (e *env) signLog(ctx context.Context, lib *indexer.Library, tsq string) error {
	s, err := lib.Checkpoint(ctx)
	if err != nil {
		return err
	}
	if tsq != "" {
		q, err := custody.TimestampQuery([]byte(s.Text()), rand.Reader)
		if err != nil {
			return err
		}
		if err := writeNew(tsq, func(w io.Writer) error { _, err := w.Write(q); return err }); err != nil {
			return err
		}
		if err := writeNew(tsq+".data", func(w io.Writer) error { _, err := io.WriteString(w, s.Text()); return err }); err != nil {
			return err
		}
		fmt.Fprintf(e.stderr, "dalel: %s asks for a timestamp over %s.data; check the reply with openssl ts -verify -data %s.data -in REPLY -CAfile CERT\n", tsq, tsq, tsq)
	}
	fmt.Fprintf(e.stdout, "%s\nkey: %s\n", s.Note, s.Key)
	return nil
}
