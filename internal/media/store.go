package media

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"longrun/internal/shop"
)

// The media types of kept pictures.
const (
	JPEG = "image/jpeg"
	PNG  = "image/png"
	SVG  = "image/svg+xml"
)

// Store is a folder of kept pictures.
type Store struct {
	dir  string
	turn chan struct{} // large pictures are decoded one at a time
}

// NewStore opens the folder, making it if it is not there.
func NewStore(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("making the folder of pictures: %w", err)
	}
	return &Store{dir: dir, turn: make(chan struct{}, 1)}, nil
}

// Kept is a picture that has been stored.
type Kept struct {
	Digest    string // hex SHA-256 of its widest file
	MediaType string
	Width     int // pixels, or units of a drawing
	Height    int
}

var name = regexp.MustCompile(`^[0-9a-f]{64}(?:\.svg|-[1-9][0-9]{0,3}\.(?:jpg|png))$`)

// Open opens a kept file by its name and tells its media type. Any name that
// the store does not make itself, and one it does not have, is KindNotFound.
// The caller closes the file.
func (s *Store) Open(file string) (f *os.File, mediaType string, err error) {
	if !name.MatchString(file) {
		return nil, "", shop.NotFound("There is no such picture.")
	}
	f, err = os.Open(s.path(file))
	if errors.Is(err, os.ErrNotExist) {
		return nil, "", shop.NotFound("There is no such picture.")
	}
	if err != nil {
		return nil, "", err
	}
	return f, typeOf(file), nil
}

func typeOf(file string) string {
	switch filepath.Ext(file) {
	case ".svg":
		return SVG
	case ".png":
		return PNG
	}
	return JPEG
}

// path spreads the files over 256 folders.
func (s *Store) path(file string) string { return filepath.Join(s.dir, file[:2], file) }

// write stores a file whole or not at all: under another name first, on disk,
// then renamed. One that is there already has the same content.
func (s *Store) write(file string, content []byte) error {
	path := s.path(file)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // gone already when all went well
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing a picture: %w", err)
	}
	return os.Rename(f.Name(), path)
}

func digestOf(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

var viewBox = regexp.MustCompile("^<svg[^>]*\\sviewBox=[\"']0 0 ([1-9][0-9]{0,4}) ([1-9][0-9]{0,4})[\"']")

// PutDrawn stores a drawing that the program itself has made, as it is. It is
// no way in for drawings from outside: those can carry scripts.
func (s *Store) PutDrawn(svg []byte) (Kept, error) {
	m := viewBox.FindSubmatch(svg)
	if m == nil || strings.Contains(string(svg), "<script") {
		return Kept{}, errors.New("media: not a drawing of ours: it begins with no svg element that has a viewBox from 0 0")
	}
	kept := Kept{Digest: digestOf(svg), MediaType: SVG}
	if _, err := fmt.Sscan(string(m[1])+" "+string(m[2]), &kept.Width, &kept.Height); err != nil {
		return Kept{}, err
	}
	return kept, s.write(kept.Digest+".svg", svg)
}
