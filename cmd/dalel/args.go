package main

import (
	"errors"
	"flag"
	"fmt"
	"strings"
	"unicode/utf8"
)

// parseArgs reads the flags and returns the other arguments. What package flag
// would take for something else without a word is told: a flag after the first
// word of a query would be a word of it.
func parseArgs(fs *flag.FlagSet, args []string) ([]string, error) {
	args = setApart(fs, args)
	if err := fs.Parse(args); err != nil {
		return nil, hinted(fs, args, err)
	}
	rest := fs.Args()
	if at := len(args) - len(rest); at > 0 && args[at-1] == "--" {
		return rest, nil // the user has said where the flags end
	}
	for _, arg := range rest[min(1, len(rest)):] {
		if name := flagName(arg); name != "" && (fs.Lookup(name) != nil || isHelp(arg)) {
			return nil, fmt.Errorf("flags go before the query or the files: %s stands after %s; for the word itself write -- before them", printable(arg), printable(rest[0]))
		}
	}
	return rest, nil
}

// hinted adds to an error the way out for a query that begins with a minus.
func hinted(fs *flag.FlagSet, args []string, err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	for _, arg := range args {
		if name := flagName(arg); name != "" && fs.Lookup(name) == nil {
			return fmt.Errorf("%w; what is no flag goes after --: dalel %s -- %s", err, fs.Name(), printable(arg))
		}
	}
	return err
}

// setApart puts -- before the first argument that begins with a minus and is
// not written in ASCII: no flag is, so it is a query that leaves a word out,
// as in `-арест суд`, or a file.
func setApart(fs *flag.FlagSet, args []string) []string {
	for i := 0; i < len(args); i++ {
		name := flagName(args[i])
		if name == "" {
			return args
		}
		if !ascii(name) {
			return append(append(append([]string{}, args[:i]...), "--"), args[i:]...)
		}
		if takesNext(fs, args[i]) {
			i++
		}
	}
	return args
}

// flagName returns the name in an argument that looks like a flag; "" for
// other arguments.
func flagName(arg string) string {
	name, ok := strings.CutPrefix(arg, "-")
	if !ok {
		return ""
	}
	name, _, _ = strings.Cut(strings.TrimPrefix(name, "-"), "=")
	return name
}

// takesNext reports whether the value of a flag is the argument after it.
func takesNext(fs *flag.FlagSet, arg string) bool {
	f := fs.Lookup(flagName(arg))
	if f == nil || strings.Contains(arg, "=") {
		return false
	}
	yes, ok := f.Value.(interface{ IsBoolFlag() bool })
	return !ok || !yes.IsBoolFlag()
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
