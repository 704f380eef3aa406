package mail

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"longrun/internal/shop"
)

// CaughtMessage is a mail as a file of the folder has it.
type CaughtMessage struct {
	To      string            `json:"to"`
	Subject string            `json:"subject"`
	Headers map[string]string `json:"headers"` // decoded; of several with one name the first
	Text    string            `json:"text"`
	HTML    string            `json:"html"`
	At      shop.Instant      `json:"at"` // its Date
}

// Caught are the mails in a folder, the last hand-over first. A folder that
// is not there has none.
func Caught(dir string) ([]CaughtMessage, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading caught mail: %w", err)
	}
	var caught []CaughtMessage
	for _, entry := range slices.Backward(entries) {
		if !strings.HasSuffix(entry.Name(), ".eml") || strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		m, err := readCaught(filepath.Join(dir, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("reading the caught mail %s: %w", entry.Name(), err)
		}
		caught = append(caught, m)
	}
	return caught, nil
}

func readCaught(path string) (CaughtMessage, error) {
	file, err := os.Open(path)
	if err != nil {
		return CaughtMessage{}, err
	}
	defer file.Close()
	parsed, err := mail.ReadMessage(file)
	if err != nil {
		return CaughtMessage{}, err
	}
	m := CaughtMessage{Headers: map[string]string{}}
	for name, values := range parsed.Header {
		if m.Headers[name], err = new(mime.WordDecoder).DecodeHeader(values[0]); err != nil {
			return m, err
		}
	}
	to, err := mail.ParseAddress(parsed.Header.Get("To"))
	if err != nil {
		return m, err
	}
	at, err := parsed.Header.Date()
	if err != nil {
		return m, err
	}
	m.To, m.Subject, m.At = to.Address, m.Headers["Subject"], shop.At(at)
	return m, m.readParts(parsed)
}

// readParts reads both forms of the text.
func (m *CaughtMessage) readParts(parsed *mail.Message) error {
	kind, params, err := mime.ParseMediaType(parsed.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		return fmt.Errorf("its type is %q: %w", kind, err)
	}
	parts := multipart.NewReader(parsed.Body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		body, err := io.ReadAll(decoded(part, part.Header.Get("Content-Transfer-Encoding")))
		if err != nil {
			return err
		}
		text := strings.ReplaceAll(string(body), "\r\n", "\n")
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			m.HTML = text
		} else {
			m.Text = text
		}
	}
}

func decoded(r io.Reader, encoding string) io.Reader {
	switch strings.ToLower(encoding) {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	}
	return r
}
