package store

import "os"

// syncDir does nothing: Windows has no sync of folders and journals names by
// itself.
func syncDir(*os.Root, string, syncFunc) error { return nil }
