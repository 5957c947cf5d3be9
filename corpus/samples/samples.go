package samples

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"dalel/corpus"
)

//go:embed texts
var texts embed.FS

// File is one specimen, rendered.
type File struct {
	Name  string // path below the specimens' folder, with slashes: "un/opinion-final-en.pdf"
	Bytes []byte
	// What the file is, by its author's word; "" for files that are not documents.
	Kind  corpus.Kind
	Lang  string
	Title string
	Date  corpus.Date
	Facts map[corpus.Key][]string // further facts, as the document has them
	Said  []Said                  // its paragraphs, in order, by who speaks
}

// Said is a paragraph of a specimen and whose words it holds, by its author's
// word: what a reader of the file must find out. Headings, signatures and what
// is nobody's are left out.
type Said struct {
	Text    string // with its printed number
	Voice   corpus.Voice
	Section corpus.SectionKind
}

// render makes the bytes of a document in one format.
type render func(*document) ([]byte, error)

// renderers are the formats that a document may be rendered in.
var renderers = map[string]render{"pdf": renderPDF, "docx": renderDOCX, "html": renderHTML, "txt": renderText, "xlsx": renderXLSX, "csv": renderCSV}

// TryDir is the folder of files that are not for the library: a list of names
// and a draft with quotes, some of them wrong, to try batch and verify on.
const TryDir = "try"

// plainDir holds what is not in the markup and is given out as it is.
const plainDir = "texts/plain"

// Files yields the specimens in the order of their numbers, then the files
// that are not documents, such as a table of metadata.
func Files() iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		err := fs.WalkDir(texts, "texts", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			f, err := load(name)
			if err == nil && !yield(f, nil) {
				return fs.SkipAll
			}
			return err
		})
		if err != nil {
			yield(File{}, err)
		}
	}
}

// ForLibrary reports whether f belongs into the library: it is a document, and
// not one of TryDir.
func (f *File) ForLibrary() bool { return f.Kind != "" && !strings.HasPrefix(f.Name, TryDir+"/") }

// Write makes the specimens that keep wants, or all for nil, under dir. Files that are there already with the
// same bytes are left alone, so that their times do not change.
func Write(ctx context.Context, dir string, keep func(*File) bool) error {
	for f, err := range Files() {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("samples: writing %s: %w", f.Name, err)
		}
		if keep != nil && !keep(&f) {
			continue
		}
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(f.Name)), f.Bytes); err != nil {
			return fmt.Errorf("samples: writing %s: %w", f.Name, err)
		}
	}
	return nil
}

// load reads one file of the tree and renders it.
func load(name string) (File, error) {
	data, err := texts.ReadFile(name)
	if err != nil {
		return File{}, err
	}
	if as, ok := strings.CutPrefix(name, plainDir+"/"); ok {
		return File{Name: as, Bytes: data}, nil
	}
	d, err := parse(string(data))
	if err != nil {
		return File{}, fmt.Errorf("%s: %w", name, err)
	}
	draw, ok := renderers[d.format()]
	if !ok {
		return File{}, fmt.Errorf("%s: %w", name, invalid("no renderer for %s", d.head["file"]))
	}
	out, err := draw(d)
	if err != nil {
		return File{}, fmt.Errorf("%s: rendering %s: %w", name, d.head["file"], err)
	}
	return File{
		Name: d.head["file"], Bytes: out, Kind: corpus.Kind(d.head["kind"]),
		Lang: d.head["lang"], Title: d.head["title"], Date: corpus.Date(d.head["date"]),
		Facts: d.facts(), Said: d.spoken(),
	}, nil
}

// facts returns the header lines that are facts; a bar divides values.
func (d *document) facts() map[corpus.Key][]string {
	out := map[corpus.Key][]string{}
	for k, v := range d.head {
		if key := corpus.Key(k); key.Known() {
			out[key] = list(v)
		}
	}
	return out
}

func (d *document) spoken() []Said {
	var out []Said
	for _, b := range d.blocks {
		if b.said != (said{}) {
			out = append(out, Said{strings.TrimSpace(b.label + " " + textSpans(b.spans)), b.said.voice, b.said.section})
		}
	}
	return out
}

// writeFile writes through a temporary file, so that a reader never sees half.
func writeFile(name string, data []byte) error {
	if have, err := os.ReadFile(name); err == nil && bytes.Equal(have, data) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), ".specimen-*")
	if err != nil {
		return err
	}
	_, err = tmp.Write(data)
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	if err != nil {
		_ = os.Remove(tmp.Name()) // the first error is the one to tell
	}
	return err
}
