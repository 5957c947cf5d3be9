package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5" //nolint:gosec // the format wants it
	"crypto/rc4" //nolint:gosec // the format wants it
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/ledongthuc/pdf"
)

// errPassword says that the empty password does not open a file.
var errPassword = errors.New("needs a password")

// errEncryption marks encryption that is not read.
var errEncryption = errors.New("encrypted in a way that is not read")

// method is a way to encrypt data.
type method uint8

const (
	plain method = iota
	rc4Method
	aesMethod // with a key an object
	aes256Method
)

// crypt undoes the standard encryption of a file that opens with the empty
// user password: its readers may read it, but not print or copy. A nil crypt
// belongs to a file that is not encrypted.
type crypt struct {
	key              []byte
	streams, strings method
}

// passwordPad fills passwords up to 32 bytes (ISO 32000-1, algorithm 2).
var passwordPad = []byte{
	0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
	0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
}

// newCrypt finds the key of a file for the empty user password.
func (d *document) newCrypt() (c *crypt, err error) {
	err = safely(func() error {
		e := d.rd.Trailer().Key(hiddenEncrypt)
		id := d.rd.Trailer().Key("ID").Index(0).RawString()
		c, err = cryptOf(e, []byte(id))
		return err
	})
	return c, err
}

func cryptOf(e pdf.Value, id []byte) (*crypt, error) {
	if f := e.Key("Filter").Name(); f != "Standard" {
		return nil, fmt.Errorf("%w: handler %.32q", errEncryption, f)
	}
	c := &crypt{}
	var err error
	switch v := e.Key("V").Int64(); v {
	case 1, 2:
		c.streams, c.strings = rc4Method, rc4Method
	case 4, 5:
		if c.streams, err = filterMethod(e, "StmF"); err != nil {
			return nil, err
		}
		if c.strings, err = filterMethod(e, "StrF"); err != nil {
			return nil, err
		}
	default:
		return nil, fmt.Errorf("%w: version %d", errEncryption, v)
	}
	if c.streams == plain && c.strings == plain {
		return c, nil // only what is attached is encrypted
	}
	if e.Key("R").Int64() >= 5 {
		c.key, err = key256(e)
	} else {
		c.key, err = key128(e, id)
	}
	return c, err
}

// filterMethod returns the method of a named crypt filter.
func filterMethod(e pdf.Value, key string) (method, error) {
	n := e.Key(key).Name()
	if n == "" || n == "Identity" {
		return plain, nil
	}
	switch cfm := e.Key("CF").Key(n).Key("CFM").Name(); cfm {
	case "V2":
		return rc4Method, nil
	case "AESV2":
		return aesMethod, nil
	case "AESV3":
		return aes256Method, nil
	case "None", "":
		return plain, nil
	default:
		return plain, fmt.Errorf("%w: filter %.32q", errEncryption, cfm)
	}
}

// key128 returns the key of revisions 2 to 4 (ISO 32000-1, algorithms 2, 4
// and 5).
func key128(e pdf.Value, id []byte) ([]byte, error) {
	r := e.Key("R").Int64()
	n := int(e.Key("Length").Int64()) / 8
	if r == 2 || n < 5 || n > 16 {
		n = 5
		if e.Key("V").Int64() >= 4 {
			n = 16
		}
	}
	o, u := []byte(e.Key("O").RawString()), []byte(e.Key("U").RawString())
	if len(o) < 32 || len(u) < 32 {
		return nil, errors.New("the encryption dictionary is broken")
	}
	after := make([]byte, 4, 4+len(id)+4)
	binary.LittleEndian.PutUint32(after, uint32(e.Key("P").Int64()))
	after = append(after, id...)
	if meta := e.Key("EncryptMetadata"); r >= 4 && meta.Kind() == pdf.Bool && !meta.Bool() {
		after = append(after, 0xFF, 0xFF, 0xFF, 0xFF)
	}
	for _, password := range [][]byte{passwordPad, byOwner(o[:32], n, r)} {
		h := md5.New() //nolint:gosec // the format wants it
		h.Write(password)
		h.Write(o[:32])
		h.Write(after)
		if key := hashed(h.Sum(nil), n, r); opens(key, u, id, r) {
			return key, nil
		}
	}
	return nil, errPassword
}

// hashed hashes a key fifty times more, as revisions from 3 on do, and cuts it.
func hashed(key []byte, n int, r int64) []byte {
	for i := 0; r >= 3 && i < 50; i++ {
		key = md5Of(key[:n])
	}
	return key[:n]
}

func md5Of(b []byte) []byte {
	sum := md5.Sum(b) //nolint:gosec // the format wants it
	return sum[:]
}

// byOwner returns the user password, padded, for the empty owner password
// (ISO 32000-1, algorithm 7): some programs set the one and leave the other.
func byOwner(o []byte, n int, r int64) []byte {
	key := hashed(md5Of(passwordPad), n, r)
	out := bytes.Clone(o)
	rounds := 1
	if r >= 3 {
		rounds = 20
	}
	for i := rounds - 1; i >= 0; i-- {
		k := bytes.Clone(key)
		for j := range k {
			k[j] ^= byte(i)
		}
		out = rc4With(k, out)
	}
	return out
}

// opens reports whether the key gives the user entry of the dictionary.
func opens(key, u, id []byte, r int64) bool {
	want := bytes.Clone(passwordPad)
	if r == 2 {
		return bytes.Equal(rc4With(key, want), u[:32])
	}
	h := md5.New() //nolint:gosec // the format wants it
	h.Write(passwordPad)
	h.Write(id)
	want = h.Sum(nil)
	for i := range 20 {
		k := bytes.Clone(key)
		for j := range k {
			k[j] ^= byte(i)
		}
		want = rc4With(k, want)
	}
	return bytes.Equal(want, u[:16])
}

func rc4With(key, b []byte) []byte {
	c, err := rc4.NewCipher(key) //nolint:gosec // the format wants it
	if err != nil {
		return b
	}
	out := make([]byte, len(b))
	c.XORKeyStream(out, b)
	return out
}

// key256 returns the key of revisions 5 and 6 (ISO 32000-2, algorithm 2.A).
func key256(e pdf.Value) ([]byte, error) {
	u, ue := []byte(e.Key("U").RawString()), []byte(e.Key("UE").RawString())
	if len(u) < 48 || len(ue) < 32 {
		return nil, errors.New("the encryption dictionary is broken")
	}
	hash := hash6
	if e.Key("R").Int64() == 5 {
		hash = func(salt, user []byte) []byte {
			sum := sha256.Sum256(append(bytes.Clone(salt), user...))
			return sum[:]
		}
	}
	var user []byte
	if !bytes.Equal(hash(u[32:40], nil), u[:32]) { // the owner's may be empty
		o, oe := []byte(e.Key("O").RawString()), []byte(e.Key("OE").RawString())
		if user = u[:48]; len(o) < 48 || len(oe) < 32 || !bytes.Equal(hash(o[32:40], user), o[:32]) {
			return nil, errPassword
		}
		u, ue = o, oe
	}
	block, err := aes.NewCipher(hash(u[40:48], user))
	if err != nil {
		return nil, err
	}
	key := make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, aes.BlockSize)).CryptBlocks(key, ue[:32])
	return key, nil
}

// hash6 is ISO 32000-2, algorithm 2.B, for an empty password; user is the user
// entry when it is the owner's.
func hash6(salt, user []byte) []byte {
	sum := sha256.Sum256(append(bytes.Clone(salt), user...))
	k := sum[:]
	for i := 0; ; i++ {
		k1 := bytes.Repeat(append(bytes.Clone(k), user...), 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		e := make([]byte, len(k1))
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(e, k1)
		mod := 0
		for _, c := range e[:16] {
			mod += int(c)
		}
		switch mod % 3 {
		case 0:
			s := sha256.Sum256(e)
			k = s[:]
		case 1:
			s := sha512.Sum384(e)
			k = s[:]
		default:
			s := sha512.Sum512(e)
			k = s[:]
		}
		if i >= 63 && int(e[len(e)-1]) <= i-31 {
			return k[:32]
		}
	}
}

// stream decrypts the data of a stream object.
func (c *crypt) stream(num, gen int, b []byte) ([]byte, error) {
	if c == nil {
		return b, nil
	}
	return c.decrypt(c.streams, num, gen, b)
}

// text decrypts a string of an object; one that cannot be is "".
func (c *crypt) text(num, gen int, s string) string {
	if c == nil {
		return s
	}
	b, err := c.decrypt(c.strings, num, gen, []byte(s))
	if err != nil {
		return ""
	}
	return string(b)
}

func (c *crypt) decrypt(m method, num, gen int, b []byte) ([]byte, error) {
	switch m {
	case plain:
	case rc4Method:
		return rc4With(c.objectKey(num, gen, false), b), nil
	case aesMethod:
		return unAES(c.objectKey(num, gen, true), b)
	case aes256Method:
		return unAES(c.key, b)
	}
	return b, nil
}

// objectKey returns the key of one object (ISO 32000-1, algorithm 1).
func (c *crypt) objectKey(num, gen int, salted bool) []byte {
	h := md5.New() //nolint:gosec // the format wants it
	h.Write(c.key)
	h.Write([]byte{byte(num), byte(num >> 8), byte(num >> 16), byte(gen), byte(gen >> 8)})
	if salted {
		h.Write([]byte("sAlT"))
	}
	return h.Sum(nil)[:min(len(c.key)+5, 16)]
}

// unAES undoes AES in CBC mode: a first block that starts it, and padding at
// the end. A part of a block at the end is left out.
func unAES(key, b []byte) ([]byte, error) {
	if len(b) < aes.BlockSize {
		return nil, errors.New("encrypted data is too short")
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	iv, b := b[:aes.BlockSize], b[aes.BlockSize:]
	out := make([]byte, len(b)/aes.BlockSize*aes.BlockSize)
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, b[:len(out)])
	if n := len(out); n > 0 && int(out[n-1]) <= min(n, aes.BlockSize) {
		out = out[:n-int(out[n-1])]
	}
	return out, nil
}
