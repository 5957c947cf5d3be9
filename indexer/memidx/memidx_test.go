package memidx

import (
	"testing"

	"dalel/indexer"
	"dalel/indexer/indextest"
)

func TestConformance(t *testing.T) {
	indextest.Run(t, func(*testing.T) indexer.Backend { return new(Index) })
}
