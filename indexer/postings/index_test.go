package postings

import (
	"path/filepath"
	"testing"

	"dalel/indexer"
	"dalel/indexer/indextest"
)

// reopenable is an Index that the suite may open again.
type reopenable struct{ *Index }

func (x reopenable) Reopen(t *testing.T) indexer.Backend {
	t.Helper()
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	y, err := Open(x.dir)
	if err != nil {
		t.Fatal(err)
	}
	return reopenable{y}
}

func TestConformance(t *testing.T) {
	indextest.Run(t, func(t *testing.T) indexer.Backend {
		x, err := Create(filepath.Join(t.TempDir(), "engine"))
		if err != nil {
			t.Fatal(err)
		}
		return reopenable{x}
	})
}
