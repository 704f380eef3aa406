package dev

import (
	"bytes"
	"net/http"

	"github.com/labstack/echo/v4"
)

// fixedBytes are what a page of 20 KB would be if it cost nothing to make.
var fixedBytes = bytes.Repeat([]byte("Twenty thousand fixed bytes, as a yardstick for pages.\n"), 20*1024/55)

// fixed answers them through the same middleware as every page, so that the
// speed of a page can be told as a ratio on any machine.
func (d *Dev) fixed(c echo.Context) error {
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", fixedBytes)
}
