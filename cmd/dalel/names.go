package main

import (
	"context"
	"flag"
	"math"
	"strings"

	"dalel/corpus/names"
)

var namesCmd = command{
	name:  "names",
	short: "Say of each line \"name TAB name\" whether both name one person",
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 0 {
				fs.Usage()
				return errUsage
			}
			return eachLine(ctx, e, func(line string) any { return sameName(line) })
		}
	},
}

type sameNameJSON struct {
	Score float64 `json:"score"`
	Same  bool    `json:"same"`
	Why   string  `json:"why"`
}

// sameName compares the two names of a line.
func sameName(line string) sameNameJSON {
	a, b, ok := strings.Cut(line, "\t")
	if !ok {
		return sameNameJSON{Why: "the line has no tab between two names"}
	}
	score, same, why := names.Score(names.Parse(a), names.Parse(b))
	return sameNameJSON{math.Round(score*1e4) / 1e4, same, why}
}
