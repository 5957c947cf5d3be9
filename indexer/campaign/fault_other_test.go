//go:build !linux

package campaign

import (
	"context"
	"errors"
)

// faulty is a process whose calls fail, which takes strace.
func faulty(context.Context, string, string) error { return errors.ErrUnsupported }
