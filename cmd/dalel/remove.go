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
Deletes originals, texts, corrections and every trace in the index. The log keeps a
tombstone with the hash and the time, and nothing that names anybody. Copies
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
				if err := lib.Remove(ctx, ids...); err != nil {
					return err
				}
				fmt.Fprintf(e.stdout, "removed %s\n", counted(len(ids), "document"))
				return nil
			})
		}
	},
}
