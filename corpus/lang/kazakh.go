package lang

import "dalel/corpus/lang/internal/kazakh"

// kazakhStems is the stemmer of internal/kazakh.
func kazakhStems(form string) []string { return kazakh.Stems(form) }

// latinKazakhStems reads a Latin word of a Kazakh text as what it is.
func latinKazakhStems(form string) []string { return englishStems(form) }
