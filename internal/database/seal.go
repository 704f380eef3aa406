package database

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
)

// aead is the cipher of one purpose under a secret key.
func (k key) aead(purpose string) cipher.AEAD {
	block, err := aes.NewCipher(k.mac("seal", purpose))
	if err != nil {
		panic(err) // 32 bytes are a key
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return gcm
}

// seal encrypts a secret for one thing, so that a stolen database does not
// give it away and another thing's row does not open it.
func (ks keys) seal(purpose string, thing int64, secret []byte) []byte {
	gcm := ks[0].aead(purpose)
	nonce := make([]byte, gcm.NonceSize())
	_, _ = rand.Read(nonce)
	return gcm.Seal(nonce, nonce, secret, fmt.Appendf(nil, "%s:%d", purpose, thing))
}

var errSealed = errors.New("what is sealed cannot be opened: the secret key that sealed it is not known any more, or it was changed")

// open decrypts what seal has made for the same thing.
func (ks keys) open(purpose string, thing int64, sealed []byte) ([]byte, error) {
	for _, k := range ks {
		gcm := k.aead(purpose)
		if n := gcm.NonceSize(); len(sealed) > n {
			nonce, text := sealed[:n], sealed[n:]
			if secret, err := gcm.Open(nil, nonce, text, fmt.Appendf(nil, "%s:%d", purpose, thing)); err == nil {
				return secret, nil
			}
		}
	}
	return nil, errSealed
}
