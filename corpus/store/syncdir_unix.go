//go:build !windows

package store

import (
	"errors"
	"os"
)

// syncDir makes the names in a folder durable. A rename is not, until its
// folder is synced.
func syncDir(root *os.Root, name string, sync syncFunc) error {
	f, err := root.Open(name)
	if err != nil {
		return err
	}
	return errors.Join(sync(f), f.Close())
}
