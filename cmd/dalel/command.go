package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
)

// A command is one verb of dalel.
type command struct {
	name  string
	args  string // for the usage line
	short string // one line, no full stop
	long  string // more, for `dalel help COMMAND`; may be ""
	verbs bool   // the first argument is a verb, and flags may follow it
	// setup declares the flags and returns what to run once they are parsed.
	setup func(fs *flag.FlagSet) func(ctx context.Context, e *env, args []string) error
}

// commands returns all commands, in the order of a first hour.
func commands() []command {
	return []command{
		demoCmd, ingestCmd, searchCmd, serveCmd, showCmd, citeCmd, briefCmd, exportCmd, verifyCmd, batchCmd, decisionsCmd, aliasCmd, metaCmd, removeCmd,
		statementCmd, logCmd,
		doctorCmd, reindexCmd, backupCmd, extractCmd, analyzeCmd, namesCmd, refsCmd, benchCmd, versionCmd, helpCmd(),
	}
}

func commandNamed(name string) (command, bool) {
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.name == name })
	if i < 0 {
		return command{}, false
	}
	return all[i], true
}

func isHelp(arg string) bool { return slices.Contains([]string{"-h", "-help", "--help"}, arg) }

// helpCmd is a function, not a variable, because it lists what lists it.
func helpCmd() command {
	return command{
		name:  "help",
		args:  "[COMMAND]",
		short: "Explain a command, or list them",
		setup: func(*flag.FlagSet) func(context.Context, *env, []string) error { return help },
	}
}

func help(_ context.Context, e *env, args []string) error {
	if len(args) == 0 {
		printCommands(e.stdout)
		return nil
	}
	c, ok := commandNamed(args[0])
	if !ok {
		fmt.Fprintf(e.stderr, "dalel: no command %q; `dalel help` lists them\n", args[0])
		return errUsage
	}
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(e.stdout)
	c.setup(fs)
	usage(fs, c)
	return nil
}

func usage(fs *flag.FlagSet, c command) {
	w := fs.Output()
	fmt.Fprintf(w, "usage: dalel %s %s\n\n%s.\n", c.name, c.args, c.short)
	if c.long != "" {
		fmt.Fprintf(w, "\n%s\n", strings.TrimSpace(c.long))
	}
	fmt.Fprintln(w)
	fs.PrintDefaults()
}

func printCommands(w io.Writer) {
	fmt.Fprintln(w, "dalel finds passages in legal evidence, by word, by name and by article.\n\nusage: dalel <command> [flags] [arguments]")
	fmt.Fprintln(w)
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-9s %s\n", c.name, c.short)
	}
	fmt.Fprintln(w, "\nA first minute: dalel demo. Your own: dalel ingest FOLDER, then dalel serve.\nFlags may also come from the environment: -lib from DALEL_LIB, and so on.")
}
