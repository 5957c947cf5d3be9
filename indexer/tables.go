package indexer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"sync"

	"dalel/corpus/lang/terms"
	"dalel/corpus/law"
	"dalel/corpus/names"
)

// tablesVersion is the hash of the tables of synonyms: other names of persons
// and places, legal terms, instruments of law. References and persons are
// recognised by them when a document is indexed.
var tablesVersion = sync.OnceValue(func() string {
	h := sha256.New()
	fmt.Fprintf(h, "%v\n%v\n", names.BuiltinAliases(), law.Acts())
	for _, e := range terms.Entries() {
		fmt.Fprint(h, e.Field)
		for _, n := range e.Names {
			fmt.Fprint(h, n.Code, n.Text, n.Words)
		}
	}
	const digits = 8
	return hex.EncodeToString(h.Sum(nil)[:digits])
})
