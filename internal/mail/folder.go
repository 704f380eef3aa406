package mail

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Folder is the development outbox: a hand-over is a new file in it, put
// there by renaming, so that whoever reads it never sees half a message.
type Folder struct{ dir string }

// NewFolder makes the folder if need be.
func NewFolder(dir string) (*Folder, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("making the folder for caught mail: %w", err)
	}
	return &Folder{dir}, nil
}

// Send writes one file. The same message twice is two files, as it would be
// two mails.
func (f *Folder) Send(ctx context.Context, m Message) error {
	content, err := m.bytes()
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(f.dir, ".new-*")
	if err != nil {
		return fmt.Errorf("catching a mail: %w", err)
	}
	_, err = temporary.Write(content)
	if err == nil {
		err = temporary.Sync()
	}
	if err = errors.Join(err, temporary.Close()); err == nil {
		err = os.Rename(temporary.Name(), filepath.Join(f.dir, fileName(time.Now())))
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
		return fmt.Errorf("catching a mail: %w", err)
	}
	return nil
}

// fileName sorts by the time of the hand-over.
func fileName(at time.Time) string {
	return at.UTC().Format("20060102T150405.000000000Z") + "-" + strings.ToLower(rand.Text()[:8]) + ".eml"
}
