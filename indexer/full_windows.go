package indexer

import "golang.org/x/sys/windows"

// fullErrors say that a disk takes nothing more.
var fullErrors = []error{windows.ERROR_DISK_FULL, windows.ERROR_HANDLE_DISK_FULL, windows.ERROR_WRITE_PROTECT}
