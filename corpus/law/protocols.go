package law

import (
	"cmp"
	"slices"
	"strings"
)

// protocolOf is the optional protocol under which a committee hears persons, or
// visits prisons. "The Optional Protocol" alone is the one of the committee that
// the sentence or the document names.
var protocolOf = map[string]string{
	"CCPR": "ICCPR-OP1", "CESCR": "ICESCR-OP", "CRC": "CRC-OP", "CRPD": "CRPD-OP", "CEDAW": "CEDAW-OP", "CAT": "OPCAT", subcommittee: "OPCAT",
}

// treatyCommittee is the committee that reads a treaty.
var treatyCommittee = map[string]string{
	"ICCPR": "CCPR", "ICESCR": "CESCR", "CRC": "CRC", "CRPD": "CRPD", "CEDAW": "CEDAW", "CAT": "CAT", "OPCAT": subcommittee, "ICCPR-OP1": "CCPR",
}

// subcommittee stands for the Subcommittee on Prevention of Torture.
const subcommittee = "SPT"

// protocols lists what "the Optional Protocol" may be, by committee.
func protocols() (out []string) {
	for _, c := range committees {
		if p := protocolOf[c.code]; p != "" {
			out = append(out, p)
		}
	}
	return out
}

// isOptional reports whether a protocol is an optional one: a record of an
// interrogation is протокол too.
func (f *finder) isOptional(m *mention) bool {
	return isOptionalWord(f.ts[m.start].form)
}

func isOptionalWord(form string) bool {
	return form == "optional" || strings.HasPrefix(form, "факультатив")
}

// protocol tells which optional protocol is meant: the one of the only committee
// or treaty that its sentence names, else the document; "" if they name several
// or none.
func (f *finder) protocol(m *mention) string {
	from, to := f.around(m.start), f.sentenceFrom(m.end)
	var here []string
	for k := from; k < to; k++ {
		if code := f.bodyAt(k); code != "" {
			here = append(here, protocolOf[code])
		}
		if t := &f.ts[k]; t.caps > 0 && isHead(t.form) == covenantHead {
			here = append(here, protocolOf[treatyCommittee[cmp.Or(f.mem.families[covenantHead], "ICCPR")]])
		}
	}
	for i := range f.items {
		if it := &f.items[i]; it.act != nil && it.start >= from && it.start < to {
			if p := protocolOf[treatyCommittee[it.act.key]]; p != "" {
				here = append(here, p)
			}
		}
	}
	if p := only(here); p != "" || len(here) > 0 {
		return p
	}
	for code := range f.mem.committees {
		here = append(here, protocolOf[code])
	}
	for _, h := range []head{covenantHead, conventionHead} {
		here = append(here, protocolOf[treatyCommittee[f.mem.families[h]]])
	}
	return only(here)
}

// bodyAt tells the committee or subcommittee that token k names.
func (f *finder) bodyAt(k int) string {
	switch t := &f.ts[k]; {
	case t.kind != isWord:
	case isSubcommittee(t.form):
		return subcommittee
	case isCommittee(t.form):
		return f.committeeAt(k)
	}
	return ""
}

func isSubcommittee(form string) bool {
	return strings.HasPrefix(form, "subcommittee") || strings.HasPrefix(form, "подкомитет")
}

// only returns the one value that a list has, however often; "" if it has
// several or none.
func only(list []string) string {
	list = slices.DeleteFunc(list, func(s string) bool { return s == "" })
	if len(list) == 0 || slices.ContainsFunc(list, func(s string) bool { return s != list[0] }) {
		return ""
	}
	return list[0]
}
