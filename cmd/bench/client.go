package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"
)

// client is one shopper: a cookie jar, and no redirects followed by itself.
type client struct {
	server  *server
	http    *http.Client
	variant map[string]string // by product handle
}

func newClient(s *server) *client {
	jar, _ := cookiejar.New(nil)
	return &client{
		server: s, variant: map[string]string{},
		http: &http.Client{
			Jar: jar, Timeout: 60 * time.Second,
			Transport:     &http.Transport{MaxIdleConnsPerHost: 2, DisableCompression: true},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// fresh is the same shopper with an empty cookie jar.
func (c *client) fresh() { c.http.Jar, _ = cookiejar.New(nil) }

func (c *client) get(ctx context.Context, path string, want int) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.absolute(path), nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Accept-Encoding", "gzip")
	return c.do(request, want)
}

func (c *client) post(ctx context.Context, path string, form url.Values, want int) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.absolute(path), strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	return c.do(request, want)
}

func (c *client) absolute(path string) string {
	if strings.HasPrefix(path, "/") {
		return c.server.url + path
	}
	return path
}

func (c *client) do(request *http.Request, want int) (*http.Response, error) {
	response, err := c.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != want {
		err = fmt.Errorf("%s %s answered %d, want %d: %.300s", request.Method, request.URL.Path, response.StatusCode, want, body)
	}
	return response, err
}

// variantOf is the id of a product's first variant.
func (c *client) variantOf(ctx context.Context, handle string) (string, error) {
	if id, ok := c.server.variants[handle]; ok {
		return id, nil
	}
	if id, ok := c.variant[handle]; ok {
		return id, nil
	}
	response, err := http.Get(c.server.url + "/products/" + handle + ".js")
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	var product struct {
		Variants []struct {
			ID json.Number `json:"id"`
		} `json:"variants"`
	}
	if err := json.NewDecoder(response.Body).Decode(&product); err != nil || len(product.Variants) == 0 {
		return "", fmt.Errorf("reading the variants of %s: %w", handle, err)
	}
	c.variant[handle] = product.Variants[0].ID.String()
	return c.variant[handle], nil
}

// bagIsEmpty asks /cart.js how many pieces there are.
func (c *client) bagIsEmpty(ctx context.Context) (bool, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.server.url+"/cart.js", nil)
	if err != nil {
		return false, err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return false, err
	}
	defer response.Body.Close()
	var bag struct {
		Count int `json:"item_count"`
	}
	err = json.NewDecoder(response.Body).Decode(&bag)
	return bag.Count == 0, err
}
