package lang

import "dalel/corpus/lang/internal/kazakh"

// kazakhStems is the stemmer of internal/kazakh.
func kazakhStems(form string) []string { return kazakh.Stems(form) }
