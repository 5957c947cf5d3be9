package main

import (
	"context"
	"flag"
	"fmt"

	"dalel/corpus"
	"dalel/indexer"
)

var removeCmd = command{
	name:  "remove",
	args:  "[-lib DIR] DOC...",
	short: "Remove documents for good",
	long: `
Deletes originals, texts, corrections, every trace in the index, and the quotes, decisions
and lines about them in your own files. The log keeps a tombstone with the hash and the
time, and nothing that names anybody. What still has a title is named. Copies
elsewhere (backups, exports, the folder you ingested from) are out of reach, and deleted
files can be recovered from many disks: encrypt the disk.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib := libFlag(fs)
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) == 0 {
				fs.Usage()
				return errUsage
			}
			return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error {
				ids := make([]corpus.ID, len(args))
				for i, a := range args {
					id, err := lib.Resolve(ctx, a)
					if err != nil {
						return err
					}
					ids[i] = id
				}
				traces, err := lib.RemoveAll(ctx, ids...)
				if err != nil {
					return err
				}
				fmt.Fprintf(e.stdout, "removed %s\n", counted(len(ids), "document"))
				e.tellTraces(&traces)
				return nil
			})
		}
	},
}

// tellTraces says what a removal took out of the user's files, and what is out
// of its reach.
func (e *env) tellTraces(t *indexer.Traces) {
	for _, b := range t.Briefs {
		fmt.Fprintf(e.stdout, "quotes were taken out of the brief %s\n", printable(b))
	}
	for _, f := range t.Files {
		fmt.Fprintf(e.stdout, "lines were taken out of user/%s\n", printable(f))
	}
	for _, f := range t.Left {
		fmt.Fprintf(e.stdout, "user/%s still has the title in words of yours: look at it\n", printable(f))
	}
	if t.Exports > 0 {
		fmt.Fprintf(e.stdout, "%s had something of it, and cannot be reached\n", counted(t.Exports, "export"))
	}
	fmt.Fprintln(e.stdout, "out of reach: backups, bags and files that were given away, and the folder it was read from")
}
