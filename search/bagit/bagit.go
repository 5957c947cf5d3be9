// Package bagit writes and checks bags: folders with a payload and the hashes of
// it, as RFC 8493 (BagIt 1.0) defines them. A bag that it writes has SHA-256
// manifests and no dates, so the same payload gives the same bytes.
package bagit

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// File is a file on its way into a bag.
type File struct {
	Name string // with slashes: "data/a.txt" for the payload, "README.txt" for a tag file
	Open func() (io.ReadCloser, error)
}

// Bytes returns a file of a few bytes.
func Bytes(name string, b []byte) File {
	return File{name, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
}

// Info is a line of bag-info.txt.
type Info struct{ Label, Value string }

// target is where a bag is written.
type target interface {
	create(name string) (io.WriteCloser, error)
}

// WriteDir writes a bag into a folder, which must be empty or not be there.
func WriteDir(dir string, info []Info, files []File) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if have, err := fs.ReadDir(root.FS(), "."); err != nil || len(have) > 0 {
		return errors.Join(err, fmt.Errorf("%s: the folder is not empty", dir))
	}
	return write(folder{root}, info, files)
}

type folder struct{ root *os.Root }

func (f folder) create(name string) (io.WriteCloser, error) {
	if err := f.root.MkdirAll(path.Dir(name), 0o750); err != nil {
		return nil, err
	}
	return f.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
}

// WriteZip writes a bag as a zip archive with one folder in it.
func WriteZip(w io.Writer, top string, info []Info, files []File) error {
	z := zip.NewWriter(w)
	if err := write(archive{z, top}, info, files); err != nil {
		return err
	}
	return z.Close()
}

type archive struct {
	z   *zip.Writer
	top string
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

func (a archive) create(name string) (io.WriteCloser, error) {
	f, err := a.z.CreateHeader(&zip.FileHeader{
		Name: a.top + "/" + name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC),
	})
	return nopCloser{f}, err
}

// write writes the payload, then the tag files, then the hashes of both.
func write(to target, info []Info, files []File) error {
	payload, tags := split(files)
	manifest, size, err := writeAll(to, payload)
	if err != nil {
		return err
	}
	var about strings.Builder
	for _, i := range info {
		fmt.Fprintf(&about, "%s: %s\n", i.Label, strings.Join(strings.Fields(i.Value), " "))
	}
	fmt.Fprintf(&about, "Payload-Oxum: %d.%d\n", size, len(payload))
	tags = append(tags,
		Bytes("bagit.txt", []byte("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")),
		Bytes("bag-info.txt", []byte(about.String())),
		Bytes("manifest-sha256.txt", []byte(manifest)),
	)
	byName(tags)
	tagManifest, _, err := writeAll(to, tags)
	if err != nil {
		return err
	}
	_, _, err = writeAll(to, []File{Bytes("tagmanifest-sha256.txt", []byte(tagManifest))})
	return err
}

// split parts the payload from the tag files, each in order.
func split(files []File) (payload, tags []File) {
	for _, f := range files {
		if strings.HasPrefix(f.Name, "data/") {
			payload = append(payload, f)
		} else {
			tags = append(tags, f)
		}
	}
	byName(payload)
	byName(tags)
	return payload, tags
}

func byName(files []File) {
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
}

// writeAll writes files and returns the lines of their manifest.
func writeAll(to target, files []File) (manifest string, size int64, err error) {
	var b strings.Builder
	for _, f := range files {
		if !fs.ValidPath(f.Name) {
			return "", 0, fmt.Errorf("bagit: %q is no name of a file", f.Name)
		}
		sum, n, err := writeOne(to, f)
		if err != nil {
			return "", 0, fmt.Errorf("bagit: writing %s: %w", f.Name, err)
		}
		size += n
		fmt.Fprintf(&b, "%s  %s\n", sum, encodeName(f.Name))
	}
	return b.String(), size, nil
}

func writeOne(to target, f File) (sum string, n int64, err error) {
	in, err := f.Open()
	if err != nil {
		return "", 0, err
	}
	defer in.Close() //nolint:errcheck // only read
	out, err := to.create(f.Name)
	if err != nil {
		return "", 0, err
	}
	h := sha256.New()
	n, err = io.Copy(io.MultiWriter(out, h), in)
	return hex.EncodeToString(h.Sum(nil)), n, errors.Join(err, out.Close())
}

// encodeName writes what would end a line of a manifest as RFC 8493, section
// 2.1.3, has it.
func encodeName(name string) string {
	return strings.NewReplacer("%", "%25", "\n", "%0A", "\r", "%0D").Replace(name)
}

func decodeName(name string) string {
	return strings.NewReplacer("%0A", "\n", "%0a", "\n", "%0D", "\r", "%0d", "\r", "%25", "%").Replace(name)
}
