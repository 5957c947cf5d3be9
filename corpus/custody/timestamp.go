package custody

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"io"
	"math/big"
)

// publicOf returns the public key of the data of a signer: a byte for the
// algorithm, then the seed (package note).
func publicOf(data string) (ed25519.PublicKey, error) {
	b, err := base64.StdEncoding.DecodeString(data)
	if err != nil || len(b) != 1+ed25519.SeedSize {
		return nil, errors.New("custody: not an Ed25519 key")
	}
	pub, ok := ed25519.NewKeyFromSeed(b[1:]).Public().(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("custody: not an Ed25519 key")
	}
	return pub, nil
}

// sha256OID names SHA-256 (RFC 5754, section 2.2).
var sha256OID = asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 2, 1}

type algorithm struct {
	Algorithm  asn1.ObjectIdentifier
	Parameters asn1.RawValue
}

type imprint struct {
	Algorithm algorithm
	Hash      []byte
}

// query is a TimeStampReq (RFC 3161, section 2.4.1).
type query struct {
	Version int
	Imprint imprint
	Nonce   *big.Int `asn1:"optional"`
	CertReq bool     `asn1:"optional"`
}

// TimestampQuery returns a request for a timestamp over data, as RFC 3161
// defines it: only the SHA-256 of data is in it. It is written to a file; dalel
// sends nothing anywhere.
func TimestampQuery(data []byte, random io.Reader) ([]byte, error) {
	const nonceBytes = 8
	nonce := make([]byte, nonceBytes)
	if _, err := io.ReadFull(random, nonce); err != nil {
		return nil, err
	}
	sum := sha256.Sum256(data)
	return asn1.Marshal(query{
		Version: 1,
		Imprint: imprint{algorithm{sha256OID, asn1.NullRawValue}, sum[:]},
		Nonce:   new(big.Int).SetBytes(nonce), CertReq: true,
	})
}
