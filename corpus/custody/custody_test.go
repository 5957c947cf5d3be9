package custody_test

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dalel/corpus/custody"
)

func tree(t *testing.T, n int) *custody.Tree {
	t.Helper()
	out := new(custody.Tree)
	for i := range n {
		if err := out.Append(fmt.Appendf(nil, "record %d", i)); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// merkle is RFC 6962, section 2.1, written down as the text has it, to check the
// library against.
func merkle(leaves [][]byte) [32]byte {
	switch len(leaves) {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, leaves[0]...))
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	l, r := merkle(leaves[:k]), merkle(leaves[k:])
	return sha256.Sum256(bytes.Join([][]byte{{1}, l[:], r[:]}, nil))
}

func TestRootIsThatOfTheStandard(t *testing.T) {
	var leaves [][]byte
	tr := new(custody.Tree)
	for i := range 70 {
		leaves = append(leaves, fmt.Appendf(nil, "record %d", i))
		if err := tr.Append(leaves[i]); err != nil {
			t.Fatal(err)
		}
		root, err := tr.Root(tr.Size())
		if want := merkle(leaves); err != nil || root != custody.Hash(want) {
			t.Fatalf("%d records: %v, %v; want %x", i+1, root, err, want)
		}
	}
}

func TestProofs(t *testing.T) {
	const n = 300
	tr := tree(t, n)
	root, err := tr.Root(n)
	if err != nil {
		t.Fatal(err)
	}
	c := custody.Checkpoint{Label: "l", Size: n, Root: root}
	for i := range int64(n) {
		proof, err := tr.Prove(i, n)
		if err != nil {
			t.Fatal(err)
		}
		record := fmt.Appendf(nil, "record %d", i)
		if err := custody.CheckRecord(c, i, record, proof); err != nil {
			t.Errorf("record %d: %v", i, err)
		}
		if custody.CheckRecord(c, i, append(record, 'x'), proof) == nil {
			t.Errorf("record %d was changed, and is proven", i)
		}
		if custody.CheckRecord(c, (i+1)%n, record, proof) == nil {
			t.Errorf("record %d is proven in another place", i)
		}
	}
	for _, bad := range []int64{-1, n, n + 1} {
		if custody.CheckRecord(c, bad, nil, nil) == nil {
			t.Errorf("record %d is proven", bad)
		}
		if _, err := tr.Prove(bad, n); err == nil {
			t.Errorf("record %d has a proof", bad)
		}
	}
}

func TestCheckpoints(t *testing.T) {
	signer, verifier, err := custody.NewKey(rand.Reader, "tobylgy-1")
	if err != nil {
		t.Fatal(err)
	}
	if v, err := custody.Verifier(signer); err != nil || v != verifier {
		t.Errorf("verifier %q, %v; want %q", v, err, verifier)
	}
	root, err := tree(t, 5).Root(5)
	if err != nil {
		t.Fatal(err)
	}
	c := custody.Checkpoint{Label: "tobylgy-1", Size: 5, Root: root}
	signed, err := custody.Sign(c, signer)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := custody.Open(signed, verifier); err != nil || got != c {
		t.Errorf("%v, %v", got, err)
	}
	_, other, err := custody.NewKey(rand.Reader, "tobylgy-1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := custody.Open(signed, other); err == nil {
		t.Error("another key verifies it")
	}
	for i := range signed {
		bad := bytes.Clone(signed)
		bad[i] ^= 1
		if got, err := custody.Open(bad, verifier); err == nil && got != c {
			t.Errorf("byte %d was changed, and %v is verified", i, got)
		}
	}
}

func TestLabels(t *testing.T) {
	for _, bad := range []string{"", "a b", "a+b", strings.Repeat("x", 61), "a\nb"} {
		if custody.ValidLabel(bad) == nil {
			t.Errorf("%q is a label", bad)
		}
	}
}

// An independent program reads the request, signs it and verifies the reply;
// with other data it does not.
func TestTimestampWithOpenSSL(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("no openssl here; .ci/run installs it and runs this")
	}
	dir := t.TempDir()
	file := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	run := func(args ...string) (string, error) {
		cmd := exec.CommandContext(t.Context(), openssl, args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	must := func(args ...string) {
		t.Helper()
		if out, err := run(args...); err != nil {
			t.Fatalf("openssl %v: %v\n%s", args, err, out)
		}
	}
	data := []byte("label\n5\nroot\n")
	file("data", data)
	file("other", []byte("label\n5\nanother root\n"))
	q, err := custody.TimestampQuery(data, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	file("q.tsq", q)
	file("ca.cnf", []byte(`
[req]
distinguished_name = dn
x509_extensions = ext
prompt = no
[dn]
CN = SPECIMEN TSA
[ext]
basicConstraints = CA:TRUE
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = t
[t]
serial = serial
signer_cert = cert.pem
signer_key = key.pem
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
ess_cert_id_alg = sha256
`))
	file("serial", []byte("01\n"))
	must("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-config", "ca.cnf", "-days", "2")
	must("ts", "-reply", "-config", "ca.cnf", "-section", "t", "-queryfile", "q.tsq", "-out", "r.tsr")
	must("ts", "-verify", "-data", "data", "-in", "r.tsr", "-CAfile", "cert.pem")
	must("ts", "-verify", "-queryfile", "q.tsq", "-in", "r.tsr", "-CAfile", "cert.pem")
	if out, err := run("ts", "-verify", "-data", "other", "-in", "r.tsr", "-CAfile", "cert.pem"); err == nil {
		t.Errorf("other data is verified: %s", out)
	}
}
