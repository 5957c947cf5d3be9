// Package word reads the old documents of Word (DOC) by a program that is
// installed: LibreOffice, which keeps the numbers of paragraphs and the notes,
// else antiword or catdoc. Without one the file says what to install.
package word

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"dalel/corpus"
	"dalel/ingest"
	"dalel/ingest/docx"
	"dalel/ingest/helper"
)

// Extractor reads DOC files.
type Extractor struct{}

var _ ingest.Aided = Extractor{}

// Name returns engine and version; the program that read stands after it.
func (Extractor) Name() string { return "doc@1" }

// limit is how long a program may take.
const limit = 50 * time.Second

// maxSize is the longest document, in bytes.
const maxSize = 256 << 20

// ErrNoProgram is the reason why a DOC file cannot be read.
var ErrNoProgram = errors.New("the old Word format is read by a program that is not installed: install antiword or LibreOffice, or save the file as DOCX")

// Helpers implements ingest.Aided.
func (Extractor) Helpers() []string {
	if ps := programs(context.Background()); len(ps) > 0 {
		return []string{ps[0].String()}
	}
	return nil
}

// reader reads a file with a program.
type reader func(ctx context.Context, p *helper.Program, file string, out ingest.Emitter) error

// readers are the ways to use the programs, by their names.
var readers = map[string]reader{"soffice": libreOffice, "antiword": antiword, "catdoc": catdoc}

// programs returns the programs there are, the best first.
func programs(ctx context.Context) []*helper.Program {
	var out []*helper.Program
	for _, c := range [][2]string{{"soffice", "--version"}, {"antiword", "-h"}, {"catdoc", "-V"}} {
		if p := helper.Find(ctx, c[0], c[1]); p != nil {
			out = append(out, p)
		}
	}
	return out
}

// Extract implements ingest.Extractor.
func (Extractor) Extract(ctx context.Context, r ingest.Reader, out ingest.Emitter) error {
	ps := programs(ctx)
	if len(ps) == 0 {
		return &corpus.Error{Op: "word.extract", Kind: corpus.ErrUnsupported, Err: ErrNoProgram}
	}
	if r.Size() > maxSize {
		return damaged(fmt.Errorf("the document is larger than %d MiB", maxSize>>20))
	}
	dir, err := os.MkdirTemp("", "dalel-doc-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) //nolint:errcheck // it is in the system's temporary folder
	file := filepath.Join(dir, "original.doc")
	if err := save(file, r); err != nil {
		return err
	}
	for _, p := range ps {
		if err = readers[p.Name](ctx, p, file, out); !errors.Is(err, errNothing) {
			break
		}
		if err := out.Warn(err.Error()); err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return damaged(err)
	}
	return nil
}

// errNothing says that a program gave nothing at all: the next may.
var errNothing = errors.New("the program gave no text")

// nothing tells why a program gave nothing.
func nothing(err error) error { return fmt.Errorf("%w: %w", errNothing, err) }

// use records that a program gave text.
func use(p *helper.Program, out ingest.Emitter) error {
	if h, ok := out.(ingest.Helped); ok {
		return h.Helper(p.String())
	}
	return nil
}

func damaged(err error) error {
	if _, ok := errors.AsType[*corpus.Error](err); ok {
		return err
	}
	return &corpus.Error{Op: "word.extract", Kind: corpus.ErrDamaged, Err: err}
}

func save(file string, r ingest.Reader) error {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, io.NewSectionReader(r, 0, r.Size()))
	return errors.Join(err, f.Close())
}

// antiword prints paragraphs as lines when it may make them as long as it
// wants, and notes at the end.
func antiword(ctx context.Context, p *helper.Program, file string, out ingest.Emitter) error {
	b, err := p.Run(ctx, limit, "-m", "UTF-8.txt", "-w", "0", file)
	if err != nil {
		return nothing(err)
	}
	return errors.Join(use(p, out), emit(ctx, string(b), out))
}

func catdoc(ctx context.Context, p *helper.Program, file string, out ingest.Emitter) error {
	b, err := p.Run(ctx, limit, "-d", "utf-8", "-w", file)
	if err != nil {
		return nothing(err)
	}
	return errors.Join(use(p, out), emit(ctx, string(b), out))
}

// settings of LibreOffice: no macro runs, nothing that a document links to is
// fetched.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
`

// profile makes a profile of LibreOffice with our settings and returns its
// address.
func profile(dir string) (string, error) {
	user := filepath.Join(dir, "profile", "user")
	if err := os.MkdirAll(user, 0o700); err != nil {
		return "", err
	}
	err := os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(settings), 0o600)
	return "file://" + filepath.ToSlash(filepath.Join(dir, "profile")), err
}

// libreOffice makes a DOCX of it, in a profile of its own.
func libreOffice(ctx context.Context, p *helper.Program, file string, out ingest.Emitter) error {
	dir := filepath.Dir(file)
	home, err := profile(dir)
	if err != nil {
		return err
	}
	_, err = p.Run(ctx, limit, "--headless", "--norestore", "-env:UserInstallation="+home, "--convert-to", "docx", "--outdir", dir, file)
	if err != nil {
		return nothing(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "original.docx"))
	if err != nil {
		return nothing(errors.New("LibreOffice could not read it"))
	}
	if err := use(p, out); err != nil {
		return err
	}
	return docx.Extractor{}.Extract(ctx, bytes.NewReader(b), out)
}

var (
	noteLine = regexp.MustCompile(`^\[(\d{1,4})\]\s+\S`)
	rowLine  = regexp.MustCompile(`^\|(.*)\|$`)
)

// emit gives the paragraphs of a text whose lines are paragraphs: rows of
// tables between bars, and at the end the notes, after their number.
func emit(ctx context.Context, s string, out ingest.Emitter) error {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	notes := notesFrom(lines)
	for i, l := range lines {
		if err := ctx.Err(); err != nil {
			return err
		}
		p := corpus.Paragraph{Role: corpus.RoleBody, Text: ingest.OneLine(l)}
		if m := rowLine.FindStringSubmatch(p.Text); m != nil {
			p.Role, p.Text = corpus.RoleTable, row(m[1])
		}
		if m := noteLine.FindStringSubmatch(p.Text); m != nil && i >= notes {
			p.Role, p.Label = corpus.RoleFootnote, m[1]
		}
		for _, piece := range ingest.SplitLong(p.Text) {
			if p.Text = piece; piece == "" {
				continue
			}
			if err := out.Paragraph(p); err != nil {
				return err
			}
		}
	}
	return nil
}

// row divides the cells of a table as everywhere.
func row(s string) string {
	var cells []string
	for c := range strings.SplitSeq(s, "|") {
		if c = ingest.OneLine(c); c != "" {
			cells = append(cells, c)
		}
	}
	return strings.Join(cells, " | ")
}

// notesFrom returns the line from which on there are notes: the last "[1]"
// after which the numbers count on.
func notesFrom(lines []string) int {
	for i, l := range slices.Backward(lines) {
		if m := noteLine.FindStringSubmatch(l); m != nil && m[1] == "1" {
			return i
		}
	}
	return len(lines)
}
