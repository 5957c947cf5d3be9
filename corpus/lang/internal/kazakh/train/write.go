package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"dalel/corpus/lang/internal/kazakh"
)

// write trains on everything and writes the tables that the package embeds.
func (t *trainer) write(dir string, out io.Writer) error {
	m := t.learn(func(*example) bool { return true })
	support := map[string][3]uint32{}
	for _, counts := range []map[string]float64{m.know.nominal, m.know.verbal, m.know.alone} {
		for stem := range counts {
			n, v, a := m.know.Support(stem)
			if n+v+a > 0 {
				support[stem] = [3]uint32{n, v, a}
			}
		}
	}
	weights, table := kazakh.Pack(m.weights, support)
	fmt.Fprintf(out, "%d stems with support\n", len(support))
	if err := os.WriteFile(filepath.Join(dir, "weights.bin"), weights, 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "support.bin"), table, 0o644)
}
