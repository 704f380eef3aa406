package database

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/hex"
	"strings"

	"longrun/internal/shop"
)

// keys are the secret keys: the first signs, all are accepted.
type keys []key

type key struct {
	id     string // the first 4 bytes of its SHA-256, in hex
	secret []byte
}

func newKeys(secrets [][]byte) keys {
	var ks keys
	for _, s := range secrets {
		sum := sha256.Sum256(s)
		ks = append(ks, key{id: hex.EncodeToString(sum[:4]), secret: s})
	}
	if len(ks) == 0 { // a database opened without keys signs with one nobody has
		ks = keys{{id: "none", secret: []byte(rand.Text())}}
	}
	return ks
}

func (ks keys) byID(id string) (key, bool) {
	for _, k := range ks {
		if k.id == id {
			return k, true
		}
	}
	return key{}, false
}

func (k key) mac(parts ...string) []byte {
	h := hmac.New(sha256.New, k.secret)
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return h.Sum(nil)
}

var tokenEncoding = base32.StdEncoding.WithPadding(base32.NoPadding)

func (k key) token(purpose shop.LinkPurpose, nonce []byte) string {
	mac := k.mac("link", string(purpose), string(nonce))
	return strings.ToLower(tokenEncoding.EncodeToString(mac[:16]))
}

// Token writes a link's token, 26 letters and digits; "" if the key that made
// it is no longer known. The row alone does not give it away.
func (r Reader) Token(l shop.Link) string {
	k, ok := r.keys.byID(l.KeyID)
	if !ok {
		return ""
	}
	return k.token(l.Purpose, l.Nonce)
}

// LinkByToken is the link that a token opens. A token of another purpose, an
// unknown and an empty one give the same KindNotFound.
func (r Reader) LinkByToken(ctx context.Context, purpose shop.LinkPurpose, token string) (shop.Link, error) {
	var link shop.Link
	const message = "This link is not valid."
	if len(token) != 26 {
		return link, shop.NotFound(message)
	}
	digest := sha256.Sum256([]byte(token))
	err := r.take(ctx, &link, message, "SELECT * FROM links WHERE digest = ? AND purpose = ?", digest[:], purpose)
	return link, err
}

// LinkOf is a thing's newest link of a purpose.
func (r Reader) LinkOf(ctx context.Context, purpose shop.LinkPurpose, thing int64) (shop.Link, error) {
	var link shop.Link
	err := r.take(ctx, &link, "There is no such link.",
		"SELECT * FROM links WHERE purpose = ? AND thing_id = ? ORDER BY id DESC LIMIT 1", purpose, thing)
	return link, err
}

// NewLink makes a link to a thing; Token writes its token.
func (tx *Tx) NewLink(ctx context.Context, purpose shop.LinkPurpose, thing int64, expires *shop.Instant) (shop.Link, error) {
	nonce := make([]byte, 16)
	_, _ = rand.Read(nonce)
	k := tx.keys[0]
	digest := sha256.Sum256([]byte(k.token(purpose, nonce)))
	link := shop.Link{
		Purpose: purpose, ThingID: thing, Nonce: nonce, KeyID: k.id, Digest: digest[:],
		ExpiresAt: expires, CreatedAt: tx.now,
	}
	return link, tx.insert(ctx, &link)
}
