package corpus

// Ingested is a file that has been read and waits to be stored.
type Ingested struct {
	ID        ID
	Size      int64
	MediaType string
	File      string // a local file that holds the original bytes
	Source    Source
	Read      Facts
	Text      *Text
}

// Status is what became of one file. The values are those of `ingest -json`.
type Status string

// The statuses of files. Stored, Updated and Doubtful are in the library.
const (
	Stored      Status = "stored"
	Updated     Status = "updated"     // known already; read again by a better extractor
	Duplicate   Status = "duplicate"   // known already; a source was added if it is a new one
	IsDoubtful  Status = "doubtful"    // stored, with pages that could not be read well
	Unreadable  Status = "unreadable"  // nothing could be read; not stored
	Unsupported Status = "unsupported" // a format that dalel does not read; not stored
)

// Outcome is the answer to storing an Ingested.
type Outcome struct {
	Status Status
	ID     ID
}
