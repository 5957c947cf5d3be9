package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"runtime"
	"time"

	"dalel/corpus"
	"dalel/indexer"
	"dalel/ui"
)

// defaultAddr is where the page is served: this computer only.
const defaultAddr = "127.0.0.1:8765"

func addrFlag(fs *flag.FlagSet) *string {
	return fs.String("addr", defaultAddr, "address to serve at")
}

var serveCmd = command{
	name:  "serve",
	args:  "[-lib DIR] [-addr 127.0.0.1:8765]",
	short: "Serve the web page and its JSON API on this computer",
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib, addr := libFlag(fs), addrFlag(fs)
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 0 {
				fs.Usage()
				return errUsage
			}
			return e.serving(ctx, *lib, func(lib *indexer.Library) error {
				return serve(ctx, e, lib, *addr, nil)
			})
		}
	},
}

// doubleClick is dalel without arguments: it serves the user's library, making
// an empty one if there is none, and opens the browser.
func doubleClick(ctx context.Context, e *env) (err error) {
	path, err := libraryPath("")
	if err != nil {
		return err
	}
	lib, err := indexer.Create(ctx, path, e.servingOptions())
	if err != nil {
		return err
	}
	defer closing(lib, &err)
	return serve(ctx, e, lib, defaultAddr, openBrowser)
}

// serving is withLibrary for a process that stays: an index that another version
// made, or that is found to be damaged, answers while another is built.
func (e *env) serving(ctx context.Context, named string, do func(*indexer.Library) error) (err error) {
	path, err := libraryPath(named)
	if err != nil {
		return err
	}
	lib, err := indexer.Open(ctx, path, e.servingOptions())
	if err != nil {
		return err
	}
	defer closing(lib, &err)
	return do(lib)
}

func (e *env) servingOptions() indexer.Options {
	opt := e.options()
	opt.Later = true
	return opt
}

// Limits of the server: a local reader is never this slow, a stuck or hostile
// client is.
const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute
	stopTimeout   = 5 * time.Second
	maxHeader     = 64 << 10
)

// serve answers until ctx is done. open, if not nil, is called with the URL.
func serve(ctx context.Context, e *env, lib *indexer.Library, addr string, open func(context.Context, string) error) error {
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", addr)
	if err != nil {
		return &corpus.Error{Op: "serve", Subj: addr, Kind: corpus.ErrUnavailable, Err: fmt.Errorf("%w; choose another with -addr", err)}
	}
	seen, err := newPages(lib)
	if err != nil {
		return err
	}
	engine := e.engine(lib)
	page, err := ui.New(ui.Config{
		Search: engine, Reports: engine, Library: shelf{lib}, Pages: seen, Desk: desk{lib}, Checker: newFiles(e, lib), Lists: e.desk(lib), Clock: e.clock,
		Addr: listener.Addr().String(), Log: e.log, Version: version(),
	})
	if err != nil {
		return err
	}
	server := &http.Server{Handler: page, ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader}
	url := "http://" + listener.Addr().String()
	lib.Announce(ctx, url)
	own := url + page.OpenPath()
	fmt.Fprintf(e.stdout, "%s serves %s; Ctrl-C stops it\n%s may also correct facts (works once)\n", url, lib.Dir(), own)
	if open != nil {
		if err := open(ctx, own); err != nil {
			e.log.WarnContext(ctx, "browser not opened", "err", err)
		}
	}
	return serveUntil(ctx, server, listener)
}

func serveUntil(ctx context.Context, server *http.Server, listener net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	stopping, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	if err := server.Shutdown(stopping); err != nil {
		_ = server.Close() // the rest is cut off
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// openBrowser shows url in the user's browser.
func openBrowser(ctx context.Context, url string) error {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	return exec.CommandContext(ctx, name, args...).Start() //nolint:gosec // the URL is our own
}
