package seal

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/emmansun/gmsm/pkcs7"
	"github.com/emmansun/gmsm/sm2"
	"github.com/emmansun/gmsm/smx509"
)

// PlaceSeal is the electronic seal of a place or a unit: the key that signs its papers, with its certificate. The certificate
// is of our own making: it shows that the paper is ours and whole. For a seal in the sense of the electronic signature law
// (电子签名法 第十三条、第十六条) its public key has to be certified by a licensed authority.
type PlaceSeal struct {
	Series string `json:"series"` // station:610881101000, unit:minzheng
	Name   string `json:"name"`   // as it stands in the mark
	Number string `json:"number"` // the seal's, as registered
	Key    []byte `json:"key"`    // PKCS #8; empty once it signs no more
	Cert   []byte `json:"cert"`   // DER
}

// certifiedFor is how long a seal's certificate runs.
const certifiedFor = 10 * 365 * 24 * time.Hour

// AddPlaceSeal makes a seal, on SM2 or P-256. One that the place had before signs no more, and is still known.
func (k *Keys) AddPlaceSeal(series, name, number string, sm bool, now time.Time) error {
	var private crypto.Signer
	var err error
	if sm {
		private, err = sm2.GenerateKey(rand.Reader)
	} else {
		private, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	}
	if err != nil {
		return fmt.Errorf("making the seal's key: %w", err)
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return err
	}
	template := &smx509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: name, SerialNumber: number, Country: []string{"CN"}}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(certifiedFor),
		KeyUsage: smx509.KeyUsageDigitalSignature | smx509.KeyUsageContentCommitment, BasicConstraintsValid: true}
	cert, err := smx509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		return fmt.Errorf("certifying the seal: %w", err)
	}
	key, err := smx509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return err
	}
	for i := range k.Places {
		if k.Places[i].Series == series {
			k.Places[i].Key = nil
		}
	}
	k.Places = append(k.Places, PlaceSeal{Series: series, Name: name, Number: number, Key: key, Cert: cert})
	return nil
}

// PlaceSeal is the seal that signs for a series; false where it has none.
func (k *Keys) PlaceSeal(series string) (PlaceSeal, bool) {
	for _, s := range k.Places {
		if s.Series == series && len(s.Key) > 0 {
			return s, true
		}
	}
	return PlaceSeal{}, false
}

// Sign signs a file: a detached CMS signature, by SM2 and SM3 or by ECDSA and SHA-256.
func (p PlaceSeal) Sign(data []byte) ([]byte, error) {
	key, err := smx509.ParsePKCS8PrivateKey(p.Key)
	if err != nil {
		return nil, fmt.Errorf("reading the key of the seal %s: %w", p.Number, err)
	}
	cert, err := smx509.ParseCertificate(p.Cert)
	if err != nil {
		return nil, fmt.Errorf("reading the certificate of the seal %s: %w", p.Number, err)
	}
	var sd *pkcs7.SignedData
	if _, sm := key.(*sm2.PrivateKey); sm {
		sd, err = pkcs7.NewSMSignedData(data)
	} else if sd, err = pkcs7.NewSignedData(data); err == nil {
		sd.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
	}
	if err != nil {
		return nil, err
	}
	if err := sd.AddSigner(cert, key, pkcs7.SignerInfoConfig{}); err != nil {
		return nil, fmt.Errorf("signing with the seal %s: %w", p.Number, err)
	}
	sd.Detach()
	return sd.Finish()
}

// ErrSeal says that a signature is none of our seals, or that what it signs was altered.
var ErrSeal = errors.New("no signature of a seal of this place")

// Sealed says which of our seals signed data. Bytes after the signature are room that it did not need.
func (k *Keys) Sealed(signature, data []byte) (PlaceSeal, error) {
	n, err := derLength(signature)
	if err != nil {
		return PlaceSeal{}, err
	}
	p7, err := pkcs7.Parse(signature[:n])
	if err != nil {
		return PlaceSeal{}, fmt.Errorf("%w: %w", ErrSeal, err)
	}
	p7.Content = data
	if err := p7.Verify(); err != nil {
		return PlaceSeal{}, fmt.Errorf("%w: %w", ErrSeal, err)
	}
	signer := p7.GetOnlySigner()
	for _, s := range k.Places {
		if signer != nil && string(signer.Raw) == string(s.Cert) {
			return s, nil
		}
	}
	return PlaceSeal{}, ErrSeal
}

// derLength is how long the DER value is with which data begins.
func derLength(data []byte) (int, error) {
	if len(data) < 4 || data[0] != 0x30 {
		return 0, ErrSeal
	}
	n, head := int(data[1]), 2
	if n >= 0x80 {
		size := n & 0x7f
		if size == 0 || size > 3 || len(data) < 2+size {
			return 0, ErrSeal
		}
		n, head = 0, 2+size
		for _, b := range data[2 : 2+size] {
			n = n<<8 | int(b)
		}
	}
	if head+n > len(data) {
		return 0, ErrSeal
	}
	return head + n, nil
}
