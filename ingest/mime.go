package ingest

import (
	"bytes"
	"strings"
)

// looksMIME returns the type of a letter, or of a page that a browser saved as
// one; "" for other text. The head of a letter is lines of a name, a colon and
// a value, and among them some that every letter has (RFC 5322, 3.6).
func looksMIME(head []byte) string {
	fields := mimeFields(head)
	if fields == nil {
		return ""
	}
	kind := strings.ToLower(fields["content-type"])
	_, versioned := fields["mime-version"]
	if versioned && strings.HasPrefix(kind, "multipart/related") && isPage(fields, kind) {
		return TypeMHT
	}
	signs := 0
	for _, name := range []string{"from", "to", "date", "subject", "message-id", "received", "return-path", "mime-version", "delivered-to"} {
		if _, ok := fields[name]; ok {
			signs++
		}
	}
	_, from := fields["from"]
	if from && signs >= 3 || signs >= 4 {
		return TypeEML
	}
	return ""
}

// isPage tells a saved page from a letter with pictures in it.
func isPage(fields map[string]string, kind string) bool {
	_, snapshot := fields["snapshot-content-location"]
	_, to := fields["to"]
	return snapshot || !to && strings.Contains(kind, "text/html") ||
		strings.Contains(strings.ToLower(fields["from"]), "saved by") || strings.HasPrefix(fields["from"], "<Saved")
}

// mimeFields reads the lines of a head, names in lower case; nil when the text
// does not begin with one.
func mimeFields(head []byte) map[string]string {
	const most = 200 // lines
	fields := map[string]string{}
	last := ""
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	for n := 0; n < most && len(head) > 0; n++ {
		line, rest, ended := bytes.Cut(head, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		head = rest
		switch {
		case len(line) == 0 || !ended:
			return fields
		case (line[0] == ' ' || line[0] == '\t') && last != "":
			fields[last] += " " + strings.TrimSpace(string(line))
			continue
		case n == 0 && bytes.HasPrefix(line, []byte("From ")): // of a mail box
			continue
		}
		name, value, ok := bytes.Cut(line, []byte(":"))
		if !ok || !isFieldName(name) {
			return nil
		}
		last = strings.ToLower(string(name))
		fields[last] = strings.TrimSpace(string(value))
	}
	return fields
}

// isFieldName reports whether b is printable ASCII without a blank.
func isFieldName(b []byte) bool {
	for _, c := range b {
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return len(b) > 0
}
