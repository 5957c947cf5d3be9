package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"dalel/corpus"
	"dalel/corpus/store"
	"dalel/indexer"
	"dalel/ingest"
	"dalel/search/bagit"
	"dalel/search/cite"
	"dalel/search/verify"
)

var verifyCmd = command{
	name:  "verify",
	args:  "[-lib DIR] [-originals DIR] [-json] [-o FILE.docx] FILE|BAG|FOLDER",
	short: "Check every quote of an export, or of a text that somebody wrote",
	long: `
Of our own exports (docx, html, md, csv, xlsx, jsonld, csl, pdf, bag) each quote comes to
one verdict: VERBATIM, VERBATIM-FOLDED, WRONG-PINPOINT, ALTERED, ORIGINAL-CHANGED,
ORIGINAL-MISSING, EXTRACTION-DIFFERS, OCR-UNCERTAIN or LOG-CHANGED. A bag with originals
needs no library. Cards that lie beside a file as FILE.cards.json are read.

In any other Word file, PDF, page or text every quotation, name, article and number of a
document is looked for: FOUND, NEAR (with the difference; perhaps a translation), ABSENT
from this collection, or WRONG-PINPOINT. -o writes a Word file back with notes for the
quotations that were found, all else in it untouched; -accept 1,3 chooses among them.

The exit status is 1 unless every quote is VERBATIM or FOUND.`,
	setup: func(fs *flag.FlagSet) func(context.Context, *env, []string) error {
		v := &verifying{citing: citeFlags(fs)}
		lib := libFlag(fs)
		fs.StringVar(&v.originals, "originals", "", "folder of originals, for quotes whose documents are not in the library")
		fs.BoolVar(&v.json, "json", false, "one JSON object a quote")
		fs.StringVar(&v.out, "o", "", "Word file to write, with notes for the quotes found")
		fs.StringVar(&v.accept, "accept", "", "numbers of the quotes that get a note (default all found)")
		fs.StringVar(&v.key, "key", "", "the key that must have signed the log, from its owner")
		fs.DurationVar(&v.timeout, "timeout", time.Minute, "for reading one document")
		return func(ctx context.Context, e *env, args []string) error {
			if len(args) != 1 {
				fs.Usage()
				return errUsage
			}
			v.env = e
			return v.run(ctx, *lib, args[0])
		}
	},
}

// verifying is one call of verify.
type verifying struct {
	*env
	citing
	lib                         *indexer.Library // nil if there is none
	originals, out, accept, key string
	json                        bool
	timeout                     time.Duration
}

// run opens the library if there is one: a bag can be checked without.
func (v *verifying) run(ctx context.Context, named, path string) (err error) {
	folder, err := libraryPath(named)
	if err == nil && store.Exists(folder) {
		if v.lib, err = v.openLibrary(ctx, named); err != nil {
			return err
		}
		defer closing(v.lib, &err)
	}
	fi, err := os.Stat(path)
	if err != nil {
		return err
	}
	if fi.IsDir() {
		return v.folder(ctx, path)
	}
	f, err := readFile(path)
	if err != nil {
		return err
	}
	return v.file(ctx, f)
}

// readFile reads a file to be checked, and the cards beside it.
func readFile(path string) (verify.File, error) {
	const most = 512 << 20
	if fi, err := os.Stat(path); err != nil || fi.Size() > most {
		return verify.File{}, errors.Join(err, &corpus.Error{Op: "verify", Subj: path, Kind: corpus.ErrUnsupported, Err: errors.New("not a file of at most 512 MB")})
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return verify.File{}, err
	}
	f := verify.File{Name: filepath.Base(path), Bytes: b}
	if side, err := os.ReadFile(path + cardsExt); err == nil {
		f.Side = side
	}
	return f, nil
}

// folder checks a bag, or every file of a folder.
func (v *verifying) folder(ctx context.Context, path string) error {
	dir, err := os.OpenRoot(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	if bagit.IsBag(dir.FS()) {
		rep, err := v.checker().Bag(ctx, dir.FS())
		if err != nil {
			return err
		}
		return v.report(ctx, rep)
	}
	var failed error
	n := 0
	err = fs.WalkDir(dir.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() || strings.HasSuffix(name, cardsExt) {
			return err
		}
		f, err := readFile(filepath.Join(path, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		n++
		if !v.json {
			fmt.Fprintf(v.stdout, "%s\n", printable(name))
		}
		if err := v.file(ctx, f); errors.Is(err, errFound) || errors.Is(err, corpus.ErrUnsupported) {
			failed = errFound
		} else if err != nil {
			return err
		}
		return nil
	})
	if err == nil && n == 0 {
		err = &corpus.Error{Op: "verify", Subj: path, Kind: corpus.ErrNotFound, Err: errors.New("no files in it")}
	}
	return errors.Join(err, failed)
}

func (v *verifying) file(ctx context.Context, f verify.File) error {
	rep, ok, err := v.checker().File(ctx, f)
	if err != nil {
		return err
	}
	if ok {
		return v.report(ctx, rep)
	}
	if v.lib == nil {
		return &corpus.Error{Op: "verify", Subj: f.Name, Kind: corpus.ErrNotFound, Err: errors.New("the file has no cards, and there is no library to look its quotes up in")}
	}
	d := v.drafts()
	results, err := d.File(ctx, f)
	if err != nil {
		return err
	}
	if v.out != "" {
		if err := v.writeBack(ctx, d, f, results); err != nil {
			return err
		}
	}
	return v.report(ctx, &verify.Report{Results: results})
}

// checker checks exports with what is at hand.
func (v *verifying) checker() *verify.Checker {
	c := &verify.Checker{Key: v.key, Extract: v.extract, Text: v.extract, Witness: pdftotext{v.env}}
	if v.lib != nil {
		c.Places, c.Log = append(c.Places, kept{v.lib}), v.lib
	}
	if v.originals != "" {
		c.Places = append(c.Places, originalsIn{v.originals})
	}
	return c
}

func (v *verifying) drafts() *verify.Drafts {
	return &verify.Drafts{Search: v.engine(v.lib), Library: v.lib, Text: v.extract, Style: cite.Style(*v.style), Lang: *v.lang}
}

// extract reads a file as ingest would, in a worker process.
func (v *verifying) extract(ctx context.Context, name string, b []byte) (*corpus.Text, error) {
	return extractText(ctx, v.env, v.timeout, name, b)
}

// extractText reads bytes as ingest would read a file of them.
func extractText(ctx context.Context, e *env, timeout time.Duration, name string, b []byte) (*corpus.Text, error) {
	dir, err := os.MkdirTemp("", "dalel-verify-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // what stays is in the system's temporary folder
	path := filepath.Join(dir, "original"+safeExt(name))
	if err := os.WriteFile(path, b, 0o600); err != nil {
		return nil, err
	}
	r := reading{env: e, timeout: timeout}
	p, err := r.pipeline(nil)
	if err != nil {
		return nil, err
	}
	var text *corpus.Text
	p.Sink = textSink{func(t *corpus.Text) { text = t }}
	if _, err := p.Run(ctx, ingest.Source{Paths: []string{path}}); err != nil {
		return nil, err
	}
	if text == nil {
		return nil, &corpus.Error{Op: "verify", Subj: name, Kind: corpus.ErrDamaged, Err: errors.New("nothing could be read")}
	}
	return text, nil
}

// safeExt keeps the ending of a name: some formats are told by it.
func safeExt(name string) string {
	ext := filepath.Ext(name)
	for _, r := range strings.TrimPrefix(ext, ".") {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') {
			return ""
		}
	}
	return ext
}

// textSink takes the text that a pipeline read and stores nothing.
type textSink struct{ take func(*corpus.Text) }

func (s textSink) Put(_ context.Context, in corpus.Ingested) (corpus.Outcome, error) {
	s.take(in.Text)
	return corpus.Outcome{Status: corpus.Stored, ID: in.ID}, nil
}

func (s textSink) Known(context.Context, corpus.ID, string) (bool, error) { return false, nil }

// kept is a library as a place of originals and kept texts.
type kept struct{ lib *indexer.Library }

func (k kept) Original(ctx context.Context, id corpus.ID) (io.ReadCloser, error) {
	return k.lib.Original(ctx, id)
}

func (k kept) Text(ctx context.Context, id corpus.ID, hash string) (*corpus.Text, error) {
	return k.lib.TextVersion(ctx, id, hash)
}

// originalsIn is a folder of files as a place of originals: by hash, or by
// content.
type originalsIn struct{ dir string }

func (o originalsIn) Original(_ context.Context, id corpus.ID) (io.ReadCloser, error) {
	if !id.Valid() {
		return nil, fs.ErrNotExist
	}
	var found string
	err := filepath.WalkDir(o.dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		f, err := os.Open(path) //nolint:gosec // below the folder that the user names
		if err != nil {
			return err
		}
		defer f.Close()
		if got, _, err := corpus.NewID(f); err == nil && got == id {
			found = path
			return fs.SkipAll
		}
		return nil
	})
	if err != nil || found == "" {
		return nil, errors.Join(fs.ErrNotExist, err)
	}
	return os.Open(found)
}

func (o originalsIn) Text(context.Context, corpus.ID, string) (*corpus.Text, error) {
	return nil, fs.ErrNotExist
}

// pdftotext is the independent witness, where poppler is installed.
type pdftotext struct{ *env }

func (p pdftotext) Page(ctx context.Context, original []byte, media string, first, last int) (string, bool) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil || media != ingest.TypePDF || first < 1 {
		return "", false
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, tool, "-f", strconv.Itoa(first), "-l", strconv.Itoa(last), "-", "-") //nolint:gosec // numbers
	cmd.Stdin = bytes.NewReader(original)
	out, err := cmd.Output()
	return string(out), err == nil
}

func (v *verifying) writeBack(ctx context.Context, d *verify.Drafts, f verify.File, results []verify.Result) error {
	chosen := map[int]bool{}
	for n := range strings.SplitSeq(v.accept, ",") {
		if i, err := strconv.Atoi(strings.TrimSpace(n)); err == nil {
			chosen[i] = true
		}
	}
	accept := func(r *verify.Result) bool { return v.accept == "" || chosen[r.N] }
	var b bytes.Buffer
	n, err := d.WriteBack(ctx, &b, f, results, accept)
	if err != nil {
		return err
	}
	if err := writeNew(v.out, func(w io.Writer) error { _, err := w.Write(b.Bytes()); return err }); err != nil {
		return err
	}
	fmt.Fprintf(v.stderr, "dalel: %s: %s\n", v.out, counted(n, "note"))
	return nil
}

// report prints the verdicts and records that there was a check.
func (v *verifying) report(ctx context.Context, rep *verify.Report) error {
	out := jsonLines(v.stdout)
	for i := range rep.Results {
		r := &rep.Results[i]
		if v.json {
			if err := out.Encode(r); err != nil {
				return err
			}
			continue
		}
		v.print(r)
	}
	if rep.Broken != nil {
		fmt.Fprintln(v.stderr, "dalel: the bag:", rep.Broken)
	}
	if rep.Signed != "" {
		fmt.Fprintln(v.stderr, "dalel: the log:", rep.Signed)
	}
	if v.lib != nil && !v.lib.ReadOnly() {
		counts := map[verify.Verdict]int{}
		for _, r := range rep.Results {
			counts[r.Verdict]++
		}
		if _, err := v.lib.Note(ctx, store.EventVerify, "", map[string]any{"verdicts": counts}); err != nil {
			return err
		}
	}
	if !rep.Good() {
		return errFound
	}
	return nil
}

func (v *verifying) print(r *verify.Result) {
	const most = 90
	text := []rune(printable(r.Text))
	if len(text) > most {
		text = append(text[:most-1], '…')
	}
	fmt.Fprintf(v.stdout, "%d. %s %s “%s”\n", r.N, r.Verdict, r.Kind, string(text))
	if r.Detail != "" {
		fmt.Fprintf(v.stdout, "   %s\n", printable(r.Detail))
	}
	for _, c := range r.Places {
		place := corpus.Permalink(c.Doc, c.Text, c.Para)
		if c.Label != "" {
			place += ", para. " + printable(c.Label)
		}
		fmt.Fprintf(v.stdout, "   %s: %s\n", place, printable(c.Title))
	}
	if r.Witness == verify.Differs {
		fmt.Fprintln(v.stdout, "   pdftotext does not find these words on the page")
	}
}
