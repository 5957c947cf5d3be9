package text

import (
	"net/url"
	"strings"

	"dalel/corpus"
	"dalel/ingest/meta"
)

// maxHeader is the most lines of metadata before a text.
const maxHeader = 40

type keyFact struct {
	key  corpus.Key
	fact corpus.Fact
}

// header reads the lines "key: value" before a line "---". Without that line,
// with another line between, or without any key that is known, there is no
// header, and every line is text.
func header(lines []string) (facts []keyFact, body []string) {
	known := false
	for i, line := range lines[:min(maxHeader, len(lines))] {
		line = strings.TrimSpace(line)
		if line == "---" && known {
			return facts, lines[i+1:]
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || !isName(name) {
			return nil, lines
		}
		key, value := fact(strings.ToLower(name), strings.TrimSpace(value))
		known = known || key != ""
		if key != "" && value != "" {
			facts = add(facts, key, value)
		}
	}
	return nil, lines
}

func isName(s string) bool {
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '_' && c != '-' {
			return false
		}
	}
	return s != "" && len(s) <= 24
}

// add appends a value; a key that comes twice has two values.
func add(facts []keyFact, key corpus.Key, value string) []keyFact {
	for i := range facts {
		if facts[i].key == key {
			facts[i].fact.Values = append(facts[i].fact.Values, value)
			return facts
		}
	}
	return append(facts, keyFact{key, corpus.Fact{Values: []string{value}, Origin: corpus.FromHeader, Confidence: 1}})
}

// fact maps a line of the header to a fact. Key "" is a name that is not
// known; value "" is one that says nothing: an unknown date, an address that
// is none.
func fact(name, value string) (key corpus.Key, val string) {
	switch name {
	case "type", "kind":
		return corpus.KeyKind, string(meta.KindOf(value))
	case "date":
		return corpus.KeyDate, string(meta.ParseDate(value))
	case "url":
		return corpus.KeyURL, address(value)
	case "language", "lang":
		return corpus.KeyLang, language(value)
	case "license":
		return corpus.KeyLicence, value
	case "source":
		return corpus.KeyNote, "source: " + value
	}
	if key = corpus.Key(name); key.Known() && key != corpus.KeyFolder && key != corpus.KeyWithheld {
		return key, value
	}
	return "", ""
}

// address returns the first word of s if it is an address on the web.
func address(s string) string {
	word, _, _ := strings.Cut(s, " ")
	u, err := url.Parse(word)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return word
}

// language returns the code of one of the three languages, or "".
func language(s string) string {
	switch s = strings.ToLower(s); s {
	case "kk", "ru", "en":
		return s
	case "kaz", "қазақша", "kazakh":
		return "kk"
	case "rus", "русский", "russian":
		return "ru"
	case "eng", "english":
		return "en"
	}
	return ""
}
