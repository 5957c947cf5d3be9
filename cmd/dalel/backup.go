package main

import (
	"context"
	"flag"
	"fmt"

	"dalel/corpus"
	"dalel/corpus/store"
)

var backupCmd = command{
	name:  "backup",
	args:  "[-lib DIR] FOLDER",
	short: "Copy the library, also while it is in use",
	long: `
Copies originals, texts, the log with its key, and your own files to FOLDER, which must be
empty, as they were at one record of the log. Every file is checked against its hash on the
way. The copy is a library: open it with -lib. The index is left out and is built again
when the copy is first opened. A copy keeps what you remove from the library later, and is
as secret as the library: encrypt the disk it lies on.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib := libFlag(fs)
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 1 {
				fs.Usage()
				return errUsage
			}
			from, err := libraryPath(*lib)
			if err != nil {
				return err
			}
			done, err := store.Backup(ctx, from, args[0])
			if err != nil {
				return err
			}
			fmt.Fprintf(e.stdout, "copied %s in %s\n", counted(done.Documents, "document"), counted(done.Files, "file"))
			for _, name := range done.Damaged {
				fmt.Fprintf(e.stderr, "missing or changed, and not copied: %s\n", printable(name))
			}
			if len(done.Damaged) > 0 {
				return fmt.Errorf("%w: %s; see dalel doctor -full", corpus.ErrDamaged, counted(len(done.Damaged), "file"))
			}
			return nil
		}
	},
}
