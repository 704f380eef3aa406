package staff_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"longrun/internal/apptest"
)

// upload sends a file as a browser does.
func upload(t *testing.T, s *apptest.Shop, token, name, content string, status int, says ...string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(part, content)
	_ = w.WriteField("pasted", "")
	_ = w.Close()
	r, err := http.NewRequest("POST", s.URL+"/staff/orders/tracking", &b)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: "staff", Value: token})
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Join(strings.Fields(strings.NewReplacer("<dt>", " ", "</dt><dd>", " ", "</dd>", " ").Replace(string(body))), " ")
	if response.StatusCode != status {
		t.Errorf("%s answers %d, want %d: %.300s", name, response.StatusCode, status, text)
	}
	for _, want := range says {
		if !strings.Contains(text, want) {
			t.Errorf("%s: the answer lacks %q", name, want)
		}
	}
}
