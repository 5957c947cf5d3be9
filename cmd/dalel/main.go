// Dalel searches a library of legal evidence.
//
// Usage:
//
//	dalel <command> [flags] [arguments]
//
// `dalel help` lists the commands, `dalel help COMMAND` explains one. Without
// arguments, as by a double click, dalel serves the user's library and opens
// the browser.
//
// # Exit status
//
//	0    the command did what it was asked
//	1    it failed; the reason is on standard error
//	2    the command line or the query is wrong
//	3    it finished, but some files could not be read; see the report
//	130  it was interrupted
//
// serve and demo run until they are stopped, which is what they were asked: 0.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"dalel/corpus"
	"dalel/search/query"
)

// The exit statuses of dalel. They are promises: scripts test them.
const (
	exitOK          = 0
	exitFailure     = 1
	exitUsage       = 2
	exitPartial     = 3
	exitInterrupted = 130
)

var (
	errUsage   = errors.New("usage") // the message is already printed
	errPartial = errors.New("some files were not read")
	errFound   = errors.New("problems were found") // the report is already printed
)

// env is what a command may touch. Tests make their own.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	log            *slog.Logger
	clock          func() time.Time
	terminal       bool // stderr is a terminal: progress may be shown
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == workerCommand {
		os.Exit(extractWorker(os.Args[2:]))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], processEnv())
	stop()
	os.Exit(code)
}

// processEnv is the env of a real process.
func processEnv() *env {
	return &env{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		log:      slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})),
		clock:    time.Now,
		terminal: isTerminal(os.Stderr),
	}
}

// run is main without the process around it.
func run(ctx context.Context, args []string, e *env) int {
	err := dispatch(ctx, e, args)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.Is(err, errUsage):
		return exitUsage
	case errors.Is(err, errPartial):
		return exitPartial
	case errors.Is(err, errFound):
		return exitFailure
	case ctx.Err() != nil:
		fmt.Fprintln(e.stderr, "dalel: interrupted; what was acknowledged is kept")
		return exitInterrupted
	}
	fmt.Fprintln(e.stderr, "dalel:", err)
	if bad, ok := errors.AsType[*query.Error](err); ok {
		fmt.Fprintln(e.stderr, bad.Caret())
		return exitUsage
	}
	if errors.Is(err, corpus.ErrInvalid) {
		return exitUsage
	}
	return exitFailure
}

func dispatch(ctx context.Context, e *env, args []string) error {
	if len(args) == 0 {
		return doubleClick(ctx, e)
	}
	c, ok := commandNamed(args[0])
	if !ok {
		if isHelp(args[0]) {
			printCommands(e.stdout)
			return nil
		}
		fmt.Fprintf(e.stderr, "dalel: no command %q; `dalel help` lists them\n", args[0])
		return errUsage
	}
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(e.stderr)
	fs.Usage = func() { usage(fs, c) }
	do := c.setup(fs)
	if err := fromEnvironment(fs, os.LookupEnv); err != nil {
		fmt.Fprintln(e.stderr, "dalel:", err)
		return errUsage
	}
	rest, err := parseCommand(c, fs, args[1:])
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	if err != nil {
		fmt.Fprintln(e.stderr, "dalel:", err)
		return errUsage
	}
	return do(ctx, e, rest)
}

// parseCommand reads the flags of a command. After a verb there may be more.
func parseCommand(c command, fs *flag.FlagSet, args []string) ([]string, error) {
	if !c.verbs {
		return parseArgs(fs, args)
	}
	if err := fs.Parse(args); err != nil {
		return nil, hinted(fs, args, err)
	}
	rest := fs.Args()
	if len(rest) == 0 {
		return nil, nil
	}
	more, err := parseArgs(fs, rest[1:])
	return append([]string{rest[0]}, more...), err
}

// fromEnvironment sets flags from DALEL_<FLAG>, before the command line does.
func fromEnvironment(fs *flag.FlagSet, lookup func(string) (string, bool)) (err error) {
	fs.VisitAll(func(f *flag.Flag) {
		name := "DALEL_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		value, ok := lookup(name)
		if !ok || value == "" || err != nil {
			return
		}
		if bad := fs.Set(f.Name, value); bad != nil {
			err = fmt.Errorf("%s=%q: %w", name, value, bad)
		}
	})
	return err
}
