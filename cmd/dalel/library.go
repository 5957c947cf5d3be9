package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/indexer/bleveidx"
	"dalel/indexer/postings"
	"dalel/search"
	"dalel/search/alias"
)

// libFlag declares -lib.
func libFlag(fs *flag.FlagSet) *string {
	return fs.String("lib", "", "folder of the library (default the user's own)")
}

var errNoHome = errors.New("no home folder; name the library with -lib")

// libraryPath returns the folder of the library: what was named, else the
// platform's own place for data.
func libraryPath(named string) (string, error) {
	if named != "" {
		return named, nil
	}
	base, err := dataHome(runtime.GOOS, os.Getenv)
	if err != nil {
		return "", err
	}
	return filepath.Join(base, "dalel"), nil
}

// dataHome returns the folder for a user's data: XDG_DATA_HOME or
// ~/.local/share, Application Support on macOS, LocalAppData on Windows.
func dataHome(goos string, getenv func(string) string) (string, error) {
	switch goos {
	case "windows":
		if dir := getenv("LocalAppData"); dir != "" {
			return dir, nil
		}
	case "darwin":
		if home := getenv("HOME"); home != "" {
			return filepath.Join(home, "Library", "Application Support"), nil
		}
	default:
		if dir := getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
			return dir, nil
		}
		if home := getenv("HOME"); home != "" {
			return filepath.Join(home, ".local", "share"), nil
		}
	}
	return "", errNoHome
}

func (e *env) options() indexer.Options {
	opt := indexer.Options{Tool: "dalel " + version(), Log: e.log, Clock: e.clock}
	opt.Engine, opt.Create, opt.Open, opt.OpenReadOnly = "postings", createPostings, openPostings, openPostings
	return opt
}

func createPostings(dir string) (indexer.Backend, error) { return postings.Create(dir) }

func openPostings(dir string) (indexer.Backend, error) { return postings.Open(dir) }

func createBleve(dir string) (indexer.Backend, error) { return bleveidx.Create(dir) }

func openBleve(dir string) (indexer.Backend, error) { return bleveidx.Open(dir) }

// openLibrary opens an existing library, for commands that read or change it.
func (e *env) openLibrary(ctx context.Context, named string) (*indexer.Library, error) {
	path, err := libraryPath(named)
	if err != nil {
		return nil, err
	}
	return indexer.Open(ctx, path, e.options())
}

// createLibrary opens a library, making one where there is none.
func (e *env) createLibrary(ctx context.Context, named string) (*indexer.Library, error) {
	path, err := libraryPath(named)
	if err != nil {
		return nil, err
	}
	return indexer.Create(ctx, path, e.options())
}

// withLibrary runs do on an open library and closes it.
func (e *env) withLibrary(ctx context.Context, named string, do func(*indexer.Library) error) (err error) {
	lib, err := e.openLibrary(ctx, named)
	if err != nil {
		return err
	}
	defer closing(lib, &err)
	return do(lib)
}

// closing closes c, and reports its error where there was none before.
func closing(c io.Closer, err *error) {
	if cerr := c.Close(); cerr != nil && *err == nil {
		*err = cerr
	}
}

func (e *env) engine(lib *indexer.Library) *search.Engine {
	return &search.Engine{Index: lib.Index(), Forward: lib.Forward(), Clock: e.clock, Aliases: alias.New(lib).Table}
}

// document resolves a prefix of an ID to the whole document.
func document(ctx context.Context, lib *indexer.Library, prefix string) (*corpus.Document, error) {
	id, err := lib.Resolve(ctx, prefix)
	if err != nil {
		return nil, err
	}
	d, err := lib.Document(ctx, id)
	if err != nil {
		return nil, err
	}
	d.Text, err = lib.Text(ctx, id)
	return d, err
}
