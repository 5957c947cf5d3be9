package bagit

import (
	"bufio"
	"crypto/md5"  //nolint:gosec // bags of others have such manifests
	"crypto/sha1" //nolint:gosec // as above
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dalel/corpus"
)

// Limits of tag files, which are read whole.
const (
	maxTagFile = 64 << 20
	maxEntries = 1 << 20
)

// algorithms of manifests, by their names in file names.
var algorithms = map[string]func() hash.Hash{"md5": md5.New, "sha1": sha1.New, "sha256": sha256.New, "sha512": sha512.New}

// IsBag reports whether a folder says of itself that it is a bag.
func IsBag(fsys fs.FS) bool {
	fi, err := fs.Stat(fsys, "bagit.txt")
	return err == nil && fi.Mode().IsRegular()
}

// Check reports what is wrong with a bag, every fault in one error of kind
// corpus.ErrDamaged; nil if it is valid and complete.
func Check(fsys fs.FS) error {
	c := &checker{fsys: fsys}
	c.run()
	if len(c.faults) == 0 {
		return nil
	}
	return &corpus.Error{Op: "bagit.check", Kind: corpus.ErrDamaged, Err: errors.Join(c.faults...)}
}

type checker struct {
	fsys   fs.FS
	faults []error
	files  []string // all files of the bag
}

func (c *checker) fault(format string, args ...any) {
	const most = 100
	if len(c.faults) < most {
		c.faults = append(c.faults, fmt.Errorf(format, args...))
	}
}

func (c *checker) run() {
	if !c.declaration() || !c.walk() {
		return
	}
	payload := c.manifests("manifest-")
	if len(payload) == 0 {
		c.fault("there is no manifest of the payload")
		return
	}
	for name, entries := range payload {
		c.complete(name, entries)
		c.hashes(name, entries)
	}
	for name, entries := range c.manifests("tagmanifest-") {
		c.hashes(name, entries)
	}
	c.fetch()
	c.oxum()
}

var (
	versionLine  = regexp.MustCompile(`^BagIt-Version: \d+\.\d+$`)
	encodingLine = regexp.MustCompile(`^Tag-File-Character-Encoding: \S+$`)
)

// declaration checks bagit.txt (RFC 8493, section 2.1.1).
func (c *checker) declaration() bool {
	b, err := c.read("bagit.txt")
	if err != nil {
		c.fault("no bag: %w", err)
		return false
	}
	lines := strings.Split(strings.TrimRight(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n"), "\n")
	if len(lines) != 2 || !versionLine.MatchString(lines[0]) || !encodingLine.MatchString(lines[1]) {
		c.fault("bagit.txt is not a declaration")
		return false
	}
	if !strings.EqualFold(strings.TrimPrefix(lines[1], "Tag-File-Character-Encoding: "), "UTF-8") {
		c.fault("tag files in %s are not read, only UTF-8", lines[1])
		return false
	}
	return true
}

func (c *checker) read(name string) ([]byte, error) {
	f, err := c.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // only read
	b, err := io.ReadAll(io.LimitReader(f, maxTagFile+1))
	if err == nil && len(b) > maxTagFile {
		err = errors.New("too large")
	}
	return b, err
}

// walk lists the files. What is no plain file does not belong into a bag: a link
// may lead out of it.
func (c *checker) walk() bool {
	err := fs.WalkDir(c.fsys, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir():
			return nil
		case !e.Type().IsRegular():
			c.fault("%s is not a plain file", name)
		case len(c.files) >= maxEntries:
			return errors.New("too many files")
		default:
			c.files = append(c.files, name)
		}
		return nil
	})
	if err != nil {
		c.fault("the folder cannot be read: %w", err)
		return false
	}
	if fi, err := fs.Stat(c.fsys, "data"); err != nil || !fi.IsDir() {
		c.fault("there is no folder data")
	}
	return true
}

// entry is a line of a manifest.
type entry struct{ sum, name string }

var manifestLine = regexp.MustCompile(`^([0-9A-Fa-f]+)[ \t]+(?:\*)?(.+)$`)

// manifests reads the manifests whose names begin with prefix.
func (c *checker) manifests(prefix string) map[string][]entry {
	out := map[string][]entry{}
	for _, name := range c.files {
		if strings.Contains(name, "/") || !strings.HasPrefix(name, prefix) || !strings.HasSuffix(name, ".txt") {
			continue
		}
		if _, known := algorithms[algorithmOf(name)]; !known {
			c.fault("%s: the algorithm is not known", name)
			continue
		}
		b, err := c.read(name)
		if err != nil || !utf8.Valid(b) {
			c.fault("%s cannot be read: %v", name, err)
			continue
		}
		out[name] = c.entries(name, string(b))
	}
	return out
}

func algorithmOf(manifest string) string {
	s := strings.TrimSuffix(manifest, ".txt")
	return s[strings.IndexByte(s, '-')+1:]
}

func (c *checker) entries(manifest, text string) []entry {
	var out []entry
	seen := map[string]bool{}
	lines := bufio.NewScanner(strings.NewReader(text))
	lines.Buffer(nil, maxTagFile)
	for lines.Scan() {
		line := strings.TrimSuffix(lines.Text(), "\r")
		if line == "" {
			continue
		}
		m := manifestLine.FindStringSubmatch(line)
		if m == nil {
			c.fault("%s: a line that is no entry", manifest)
			continue
		}
		e := entry{strings.ToLower(m[1]), strings.TrimPrefix(decodeName(m[2]), "./")}
		payload := strings.HasPrefix(manifest, "manifest-")
		switch {
		case !local(e.name) || payload && !strings.HasPrefix(e.name, "data/"):
			c.fault("%s: %q leads out of the bag", manifest, e.name)
		case seen[e.name]:
			c.fault("%s: %s is listed twice", manifest, e.name)
		default:
			seen[e.name] = true
			out = append(out, e)
		}
	}
	return out
}

// local reports whether a name stays in the bag, on every system.
func local(name string) bool {
	return fs.ValidPath(name) && !strings.ContainsAny(name, "\\:\x00") && !strings.HasPrefix(name, "~")
}

// complete checks that the payload and a manifest have the same files.
func (c *checker) complete(manifest string, entries []entry) {
	listed := map[string]bool{}
	for _, e := range entries {
		listed[e.name] = true
	}
	for _, name := range c.files {
		if strings.HasPrefix(name, "data/") && !listed[name] {
			c.fault("%s is not listed in %s", name, manifest)
		}
	}
}

// hashes checks the files of a manifest.
func (c *checker) hashes(manifest string, entries []entry) {
	for _, e := range entries {
		sum, err := c.sum(e.name, algorithms[algorithmOf(manifest)]())
		switch {
		case errors.Is(err, fs.ErrNotExist):
			c.fault("%s is missing", e.name)
		case err != nil:
			c.fault("%s cannot be read: %w", e.name, err)
		case sum != e.sum:
			c.fault("%s was changed: its hash is not that of %s", e.name, manifest)
		}
	}
}

func (c *checker) sum(name string, h hash.Hash) (string, error) {
	f, err := c.fsys.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // only read
	_, err = io.Copy(h, f)
	return hex.EncodeToString(h.Sum(nil)), err
}

// fetch checks that what the bag says is elsewhere is here: nothing is fetched.
func (c *checker) fetch() {
	if !slices.Contains(c.files, "fetch.txt") {
		return
	}
	b, err := c.read("fetch.txt")
	if err != nil {
		c.fault("fetch.txt cannot be read: %w", err)
		return
	}
	for line := range strings.Lines(string(b)) {
		const fields = 3 // address, length, name
		parts := strings.SplitN(strings.TrimSpace(line), " ", fields)
		if len(parts) < fields {
			continue
		}
		name := decodeName(strings.TrimSpace(parts[2]))
		switch {
		case !local(name) || !strings.HasPrefix(name, "data/"):
			c.fault("fetch.txt: %q leads out of the bag", name)
		case !slices.Contains(c.files, name):
			c.fault("%s is not here; fetch.txt says where it is", name)
		}
	}
}

var oxumLine = regexp.MustCompile(`(?m)^Payload-Oxum:\s*(\d+)\.(\d+)\s*$`)

// oxum compares the size and the number of the payload's files.
func (c *checker) oxum() {
	b, err := c.read("bag-info.txt")
	if err != nil {
		return // it may be left out
	}
	m := oxumLine.FindStringSubmatch(strings.ReplaceAll(string(b), "\r\n", "\n"))
	if m == nil {
		return
	}
	var size int64
	n := 0
	for _, name := range c.files {
		if strings.HasPrefix(name, "data/") {
			if fi, err := fs.Stat(c.fsys, name); err == nil {
				size += fi.Size()
			}
			n++
		}
	}
	if m[1] != strconv.FormatInt(size, 10) || m[2] != strconv.Itoa(n) {
		c.fault("the payload has %d bytes in %d files, bag-info.txt says %s.%s", size, n, m[1], m[2])
	}
}
