package main

import (
	"context"
	"flag"
	"fmt"
	"strconv"
	"strings"

	"dalel/corpus"
	"dalel/corpus/store"
	"dalel/indexer"
	"dalel/search/alias"
)

var doctorCmd = command{
	name:  "doctor",
	args:  "[-lib DIR] [-full] [-json]",
	short: "Check the library, and list what could not be read",
	long: `
Checks the log, the originals, the texts and the index. -full hashes every original
again. Exit status 1 if evidence or answers are damaged. Pages that were not read
are listed too: they are no damage, but no search can find them.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		lib, asJSON := libFlag(fs), fs.Bool("json", false, "one JSON object a line")
		full := fs.Bool("full", false, "hash every original again")
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 0 {
				fs.Usage()
				return errUsage
			}
			return e.withLibrary(ctx, *lib, func(lib *indexer.Library) error {
				d := checkup{env: e, lib: lib, json: *asJSON}
				return d.run(ctx, *full)
			})
		}
	},
}

// checkup is one run of doctor.
type checkup struct {
	*env
	lib     *indexer.Library
	json    bool
	damaged bool
}

func (d *checkup) run(ctx context.Context, full bool) error {
	out := jsonLines(d.stdout)
	for f, err := range d.lib.Doctor(ctx, full) {
		if err != nil {
			return err
		}
		d.damaged = d.damaged || f.Damage
		if d.json {
			if err := out.Encode(f); err != nil {
				return err
			}
			continue
		}
		d.print(f)
	}
	if err := d.aliases(ctx); err != nil {
		return err
	}
	stats, err := d.lib.Stats(ctx)
	if err != nil {
		return err
	}
	if d.json {
		err = out.Encode(newCheckJSON(ctx, &stats, d.damaged))
	} else {
		d.printGaps(ctx, &stats)
	}
	if err == nil && d.damaged {
		return errFound
	}
	return err
}

// aliases tells the rows of the user's table of names that cannot be read.
func (d *checkup) aliases(ctx context.Context) error {
	_, faults, err := alias.New(d.lib).Rows(ctx)
	if err != nil {
		return err
	}
	for _, fault := range faults {
		f := store.Finding{Kind: findUser, File: "user/" + alias.File, Detail: fault.Error()}
		if !d.json {
			d.print(f)
		} else if err := jsonLines(d.stdout).Encode(f); err != nil {
			return err
		}
	}
	return nil
}

// findUser is a file of the user's that has a fault. It is no damage.
const findUser store.FindingKind = "user"

func (d *checkup) print(f store.Finding) {
	what := "note"
	if f.Damage {
		what = "DAMAGE"
	}
	place := f.File
	if f.Doc != "" {
		place = strings.TrimSpace(f.Doc.Short() + " " + place)
	}
	fmt.Fprintf(d.stdout, "%s: %s: %s %s\n", what, f.Kind, printable(place), printable(f.Detail))
}

// checkJSON is the last line of `doctor -json`.
type checkJSON struct {
	Summary    bool      `json:"summary"`
	OK         bool      `json:"ok"`
	Documents  int       `json:"documents"`
	Works      int       `json:"works"`
	Paragraphs int       `json:"paragraphs"`
	Pages      int       `json:"pages"`
	Unread     int       `json:"unread_pages"`
	Doubtful   int       `json:"doubtful_pages"`
	Gaps       []gapJSON `json:"gaps"`
	Install    string    `json:"install,omitempty"` // the command that installs what reads scanned pages, where it is missing
}

type gapJSON struct {
	Doc      corpus.ID `json:"doc"`
	Path     string    `json:"path"`
	Unread   []int     `json:"unread"`
	Doubtful []int     `json:"doubtful"`
}

func newCheckJSON(ctx context.Context, s *indexer.Stats, damaged bool) checkJSON {
	c := checkJSON{
		Summary: true, OK: !damaged, Documents: s.Documents, Works: s.Works, Paragraphs: s.Paragraphs,
		Pages: s.Pages, Unread: s.Unread, Doubtful: s.Doubtful, Gaps: []gapJSON{}, Install: toReadScans(ctx),
	}
	for _, g := range s.Gaps {
		c.Gaps = append(c.Gaps, gapJSON{g.Doc.ID, g.Doc.Path(), append([]int{}, g.Unread...), append([]int{}, g.Doubtful...)})
	}
	return c
}

func (d *checkup) printGaps(ctx context.Context, s *indexer.Stats) {
	for _, g := range s.Gaps {
		fmt.Fprintf(d.stdout, "%s (%s):", printable(g.Doc.Path()), g.Doc.ID.Short())
		if len(g.Unread) > 0 {
			fmt.Fprintf(d.stdout, " not read: %s;", pageList(g.Unread))
		}
		if len(g.Doubtful) > 0 {
			fmt.Fprintf(d.stdout, " doubtful: %s;", pageList(g.Doubtful))
		}
		fmt.Fprintf(d.stdout, " of %d pages\n", g.Pages)
	}
	state := "nothing is damaged"
	if d.damaged {
		state = "DAMAGE was found, see above"
	}
	fmt.Fprintf(d.stdout, "%s, %s, %s: %s. %s not read, %d doubtful.\n", counted(s.Documents, "document"),
		counted(s.Paragraphs, "paragraph"), counted(s.Pages, "page"), state, counted(s.Unread, "page"), s.Doubtful)
	if command := toReadScans(ctx); s.Unread > 0 && command != "" {
		fmt.Fprintf(d.stdout, "Pages that are pictures are read once this is installed and dalel ingest is run again:\n  %s\n", command)
	}
}

// pageList writes page numbers with ranges: "3, 5-9".
func pageList(pages []int) string {
	var parts []string
	for i := 0; i < len(pages); {
		j := i
		for j+1 < len(pages) && pages[j+1] == pages[j]+1 {
			j++
		}
		part := strconv.Itoa(pages[i])
		if j > i {
			part += "-" + strconv.Itoa(pages[j])
		}
		parts = append(parts, part)
		i = j + 1
	}
	return strings.Join(parts, ", ")
}
