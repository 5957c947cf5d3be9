package mail

import (
	"context"
	"errors"
	"iter"
	"os"
	"strings"

	"dalel/ingest"
)

// Container gives the files that a letter encloses.
type Container struct{ Outlook bool }

// maxEnclosed is how many files one letter may enclose.
const maxEnclosed = 1000

// Files implements ingest.Container.
func (c Container) Files(_ context.Context, f ingest.File, dir string) iter.Seq2[ingest.File, error] {
	return func(yield func(ingest.File, error) bool) {
		l, err := c.open(f)
		if err != nil {
			yield(ingest.File{}, err)
			return
		}
		for i, e := range l.enclosed {
			if i == maxEnclosed {
				yield(ingest.File{}, damaged(errors.New("it encloses too many files")))
				return
			}
			name := strings.Map(printable, e.name)
			if name == "" {
				name = "?"
			}
			local, err := spool(dir, e.body)
			if !yield(ingest.File{Name: name, Local: local, Size: int64(len(e.body)), Time: l.date}, err) {
				return
			}
		}
	}
}

func (c Container) open(f ingest.File) (*letter, error) {
	file, err := os.Open(f.Local)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return Extractor(c).parse(sized{file, f.Size})
}

// sized is a file of known length.
type sized struct {
	*os.File
	size int64
}

func (s sized) Size() int64 { return s.size }

// printable drops what has no place in the name of a file.
func printable(r rune) rune {
	if r < ' ' || strings.ContainsRune(`/\:`, r) {
		return -1
	}
	return r
}

// spool writes an enclosed file into dir.
func spool(dir string, b []byte) (local string, err error) {
	out, err := os.CreateTemp(dir, "enclosed-*")
	if err != nil {
		return "", err
	}
	_, err = out.Write(b)
	return out.Name(), errors.Join(err, out.Close())
}
