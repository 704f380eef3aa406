package config

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/joho/godotenv"
)

// WithFile gives a getenv that answers from a file of NAME=VALUE lines where
// the environment is silent. Only development reads one; a missing file is
// no error.
func WithFile(getenv func(string) string, path string) (func(string) string, error) {
	if env := getenv("LONGRUN_ENV"); env != "" && env != string(Development) {
		return getenv, nil
	}
	values, err := godotenv.Read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return getenv, nil
	}
	if err != nil {
		return getenv, fmt.Errorf("reading %s: %w", path, err)
	}
	return func(name string) string {
		if v := getenv(name); v != "" {
			return v
		}
		return values[name]
	}, nil
}
