package ingest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"time"

	"dalel/corpus"
)

// member is a file of a container, as a worker tells of it.
type member struct {
	Name  string    `json:"name"` // without that of the container; "" for the container itself
	Local string    `json:"local,omitempty"`
	Size  int64     `json:"size,omitempty"`
	URL   string    `json:"url,omitempty"`
	Time  time.Time `json:"time,omitzero"`
	Fault *ending   `json:"fault,omitempty"`
}

// Isolated is a Container that is unpacked in a worker process, within the
// limits of Worker: for formats whose readers hold a file in memory.
type Isolated struct {
	Worker *Worker
	Type   string
}

// unpackFactor is how much longer than a document a container may take.
const unpackFactor = 5

// Files implements Container.
func (c Isolated) Files(ctx context.Context, f File, dir string) iter.Seq2[File, error] {
	return func(yield func(File, error) bool) {
		w := *c.Worker
		w.Timeout, w.Memory = w.limits()
		w.Timeout *= unpackFactor
		null, err := os.Open(os.DevNull)
		if err != nil {
			yield(File{}, err)
			return
		}
		defer null.Close()
		err = w.run(ctx, null, c.Type, []string{"-unpack", dir, "-local", f.Local}, func(m *message) error {
			if m.File == nil {
				return nil
			}
			in := File{Name: f.Name + "!" + m.File.Name, Local: m.File.Local, Size: m.File.Size, URL: m.File.URL, Time: m.File.Time}
			var fault error
			if m.File.Fault != nil {
				fault = m.File.Fault.error()
			}
			if !yield(in, fault) {
				return errStop
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) && ctx.Err() == nil {
			yield(File{}, err)
		}
	}
}

// unpackFrom unpacks a container in the worker process.
func unpackFrom(ctx context.Context, local, mediaType, dir string, boxes Containers, s *sender) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &corpus.Error{Op: "ingest.unpack", Kind: corpus.ErrDamaged, Err: fmt.Errorf("the reader failed: %v", r)}
		}
	}()
	box, ok := boxes[mediaType]
	if !ok {
		return &corpus.Error{Op: "ingest.unpack", Kind: corpus.ErrUnsupported, Err: fmt.Errorf("%s is not unpacked", mediaType)}
	}
	info, err := os.Stat(local)
	if err != nil {
		return err
	}
	for f, err := range box.Files(ctx, File{Local: local, Size: info.Size(), Type: mediaType}, dir) {
		if err != nil && f.Name == "" {
			return err
		}
		m := member{Name: f.Name, Local: f.Local, Size: f.Size, URL: f.URL, Time: f.Time}
		if err != nil {
			m.Fault = endingOf(err)
		}
		if err := errors.Join(s.send(message{File: &m}), s.flush()); err != nil {
			return err
		}
	}
	return nil
}
