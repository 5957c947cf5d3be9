package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"dalel/corpus/samples"
)

var demoCmd = command{
	name:  "demo",
	args:  "[-addr 127.0.0.1:8765]",
	short: "Try dalel on a collection of specimens",
	long: `
Makes a library of the specimens that come with dalel, in your cache folder, and
serves it. The persons and cases in it are invented; every document says SPECIMEN.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		addr := addrFlag(fs)
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 0 {
				fs.Usage()
				return errUsage
			}
			return demo(ctx, e, *addr)
		}
	},
}

func demo(ctx context.Context, e *env, addr string) (err error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	folder := filepath.Join(cache, "dalel", "demo")
	specimens, err := writeSpecimens(ctx, folder)
	if err != nil {
		return fmt.Errorf("demo: writing the specimens: %w", err)
	}
	lib, err := e.createLibrary(ctx, filepath.Join(folder, "library"))
	if err != nil {
		return err
	}
	defer closing(lib, &err)
	r := reading{env: e, timeout: time.Minute}
	if err := r.into(ctx, lib, []string{specimens}); err != nil && !errors.Is(err, errPartial) {
		return err
	}
	return serve(ctx, e, lib, addr, nil)
}

// writeSpecimens makes the documents of the library in a folder of their own,
// and what is for trying out beside it.
func writeSpecimens(ctx context.Context, folder string) (specimens string, err error) {
	specimens = filepath.Join(folder, "specimens")
	if err := samples.Write(ctx, specimens, (*samples.File).ForLibrary); err != nil {
		return "", err
	}
	return specimens, samples.Write(ctx, folder, func(f *samples.File) bool { return !f.ForLibrary() })
}
