package main

import (
	"flag"
	"io"
	"slices"
	"strings"
	"testing"
)

func TestParseArgs(t *testing.T) {
	for _, tt := range []struct{ in, want, wrong, why string }{
		{"-n 1 азаптау", "азаптау", "", "flags first"},
		{"азаптау сот", "азаптау|сот", "", "no flags"},
		{"азаптау -n 1", "", "flags go before the query", "a number of passages is no word"},
		{"азаптау -json", "", "-json stands after азаптау", "nor is json"},
		{"азаптау --n=1", "", "flags go before the query", "the other way to write a flag"},
		{"азаптау -h", "", "flags go before the query", "a call for help"},
		{"азаптау -арест", "азаптау|-арест", "", "a word left out"},
		{"азаптау -nine", "азаптау|-nine", "", "a word left out that begins as a flag does"},
		{"-- азаптау -n 1", "азаптау|-n|1", "", "the user says that no flags follow"},
		{"-арест суд", "-арест|суд", "", "no flag has such letters"},
		{"-n 1 -json -арест суд", "-арест|суд", "", "after flags with and without values"},
		{"-lib=қор суд", "суд", "", "a value may have any letters"},
		{"-lib -қор суд", "суд", "", "even after a minus"},
		{"-jsn суд", "", "not defined", "a slip of the pen"},
		{"-", "-", "", "a lone minus"},
		{"", "", "", "nothing"},
	} {
		t.Run(tt.in, func(t *testing.T) {
			fs := flag.NewFlagSet("search", flag.ContinueOnError)
			fs.SetOutput(io.Discard)
			fs.Int("n", 0, "")
			fs.Bool("json", false, "")
			fs.String("lib", "", "")
			got, err := parseArgs(fs, strings.Fields(tt.in))
			if tt.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), tt.wrong) {
					t.Errorf("parseArgs = %q, %v; want an error with %q: %s", got, err, tt.wrong, tt.why)
				}
				return
			}
			if want := strings.FieldsFunc(tt.want, func(r rune) bool { return r == '|' }); err != nil || !slices.Equal(got, want) {
				t.Errorf("parseArgs = %q, %v; want %q: %s", got, err, want, tt.why)
			}
		})
	}
}
