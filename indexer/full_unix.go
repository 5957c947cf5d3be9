//go:build !windows

package indexer

import "syscall"

// fullErrors say that a disk takes nothing more.
var fullErrors = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EROFS}
