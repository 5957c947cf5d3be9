package forward

import "dalel/indexer/internal/wire"

// reader takes what this package stores off a payload.
type reader struct{ wire.Reader }
