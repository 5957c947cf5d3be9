//go:build !linux

package ingest

import "time"

// limitProcess does nothing here: the parent watches time, the worker tells
// its memory, and the parent ends it.
func limitProcess(time.Duration) error { return nil }
