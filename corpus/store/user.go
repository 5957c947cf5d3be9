package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"dalel/corpus"
)

// userDir holds what a user makes: briefs, decisions, lists. They are plain
// files with names of the user's, so they survive every rebuild.
const userDir = "user"

// maxUserFile bounds what is read back of one file, in bytes.
const maxUserFile = 64 << 20

func userName(name string) (string, error) {
	if !fs.ValidPath(name) || name == "." || strings.ContainsAny(name, "\\:\x00") {
		return "", &corpus.Error{Op: "store.user", Subj: name, Kind: corpus.ErrInvalid, Err: errors.New("not a name of a file")}
	}
	return userDir + "/" + name, nil
}

// UserFile returns a file of the user's; nil if there is none.
func (d *Dir) UserFile(ctx context.Context, name string) ([]byte, error) {
	full, err := userName(name)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	fi, err := d.root.Stat(full)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, &corpus.Error{Op: "store.user", Subj: name, Err: err}
	case fi.Size() > maxUserFile || !fi.Mode().IsRegular():
		return nil, &corpus.Error{Op: "store.user", Subj: name, Kind: corpus.ErrDamaged, Err: fmt.Errorf("%d bytes, or no file", fi.Size())}
	}
	b, err := d.root.ReadFile(full)
	if err != nil {
		return nil, &corpus.Error{Op: "store.user", Subj: name, Err: err}
	}
	return b, nil
}

// UserFiles lists the files in a folder of the user's, and in those below it,
// in order. "." is all of them.
func (d *Dir) UserFiles(ctx context.Context, dir string) ([]string, error) {
	top := userDir
	if dir != "." {
		full, err := userName(dir)
		if err != nil {
			return nil, err
		}
		top = full
	}
	var out []string
	err := fs.WalkDir(d.root.FS(), top, func(name string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err == nil {
			err = ctx.Err()
		}
		if err == nil && e.Type().IsRegular() {
			out = append(out, strings.TrimPrefix(name, userDir+"/"))
		}
		return err
	})
	if err != nil {
		return nil, &corpus.Error{Op: "store.user", Subj: dir, Err: err}
	}
	slices.Sort(out)
	return out, nil
}

// UpdateUserFile changes a file of the user's: change gets its bytes, nil if
// there is none, and returns those to store, nil to remove it. The file is
// replaced whole, and no other change happens meanwhile.
func (d *Dir) UpdateUserFile(ctx context.Context, name string, change func([]byte) ([]byte, error)) error {
	full, err := userName(name)
	if err != nil {
		return err
	}
	d.write.Lock()
	defer d.write.Unlock()
	old, err := d.UserFile(ctx, name)
	if err != nil {
		return err
	}
	b, err := change(old)
	if err != nil {
		return err
	}
	if err := d.storeUser(full, old, b); err != nil {
		return &corpus.Error{Op: "store.user", Subj: name, Err: err}
	}
	return nil
}

func (d *Dir) storeUser(full string, old, b []byte) error {
	switch {
	case b == nil && old == nil:
		return nil
	case b == nil:
		if err := d.root.Remove(full); err != nil {
			return err
		}
		return d.syncParents([]string{full})
	}
	if err := d.root.MkdirAll(path.Dir(full), dirMode); err != nil {
		return err
	}
	if err := d.step("user"); err != nil {
		return err
	}
	return d.replace(full, b)
}
