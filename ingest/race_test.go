//go:build race

package ingest_test

// underRace: the race detector needs more address space than a worker has.
const underRace = true
