package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"

	"dalel/indexer"
)

var reindexCmd = command{
	name:  "reindex",
	args:  "[-lib DIR]",
	short: "Build the index again from the texts of the library",
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib := libFlag(fs)
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 0 {
				fs.Usage()
				return errUsage
			}
			return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error {
				if err := lib.Reindex(ctx, e.progress("indexing")); err != nil {
					return err
				}
				fmt.Fprintf(e.stderr, "indexed %s\n", counted(lib.Len(), "document"))
				return nil
			})
		}
	},
}

// progress draws a bar on a terminal, and nothing on a pipe.
func (e *env) progress(what string) func(done, total int) {
	if !e.terminal {
		return nil
	}
	var bar *progressbar.ProgressBar
	return func(done, total int) {
		if bar == nil {
			bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(e.stderr), progressbar.OptionSetDescription(what),
				progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(100*time.Millisecond))
		}
		_ = bar.Set(done) // a bar that cannot be drawn is no reason to stop
	}
}
