package search

import "strings"

// PersonValue is a value of KeyPerson: the label of a group of names, and a
// name as it is written.
func PersonValue(group, name string) string { return group + "\t" + name }

// PersonOf takes a value of KeyPerson apart.
func PersonOf(value string) (group, name string) {
	group, name, _ = strings.Cut(value, "\t")
	return group, name
}
