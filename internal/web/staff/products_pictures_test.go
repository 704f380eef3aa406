package staff_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"longrun/internal/apptest"
	"longrun/internal/shop"
)

// sendFiles sends a product's form with files in it and gives the status.
func sendFiles(t *testing.T, s *apptest.Shop, token string, form *apptest.Form, path string, files ...[]byte) (status int, body string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for name, values := range form.Values {
		for _, value := range values {
			_ = w.WriteField(name, value)
		}
	}
	for _, file := range files {
		part, _ := w.CreateFormFile("pictures", `..\"<b>.png`)
		_, _ = part.Write(file)
	}
	_ = w.Close()
	r, err := http.NewRequest(http.MethodPost, s.URL+path, &b)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: "staff", Value: token})
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var text bytes.Buffer
	_, _ = text.ReadFrom(response.Body)
	return response.StatusCode, text.String()
}

func TestPicturesComeWithTheForm(t *testing.T) {
	s, owner := open(t)
	b := signIn(t, s, "owner@shop.example")
	token := session(t, s, owner)
	p := newTern(t, s, "tern")
	var red, large bytes.Buffer
	_ = png.Encode(&red, image.NewRGBA(image.Rect(0, 0, 400, 300)))
	noise := image.NewRGBA(image.Rect(0, 0, 700, 700))
	for i := range noise.Pix {
		noise.Pix[i] = byte(i * i >> 3 * 31)
	}
	_ = png.Encode(&large, noise)
	form := b.Get(pageOf(p)).Form(pageOf(p))
	if status, body := sendFiles(t, s, token, form, pageOf(p), red.Bytes(), large.Bytes()); status != 303 {
		t.Fatalf("%d %.300s", status, body)
	}
	got := now(t, s, p.ID)
	if len(got.Images) != 2 || got.Images[0].Picture == nil || got.Images[0].Picture.Width != 400 {
		t.Fatalf("%+v", got.Images)
	}
	form = b.Get(pageOf(p)).Must(200, "Picture 1 shows").Form(pageOf(p))
	if status, body := sendFiles(t, s, token, form, pageOf(p), []byte("<svg onload=alert(1)>")); status != 422 || !strings.Contains(body, "browsers do not send them twice") {
		t.Errorf("a drawing with a script is %d", status)
	}
	first, second := form.Values.Get("version"), got.Images
	_ = first
	form = b.Get(pageOf(p)).Form(pageOf(p))
	form.Set(image1(second[1], "position"), "1").Set(image1(second[1], "alt"), "From above")
	form.Values.Set(image1(second[0], "remove"), "1")
	form.Submit("").Must(200, "The product is saved.")
	if got := now(t, s, p.ID); len(got.Images) != 1 || got.Images[0].ID != second[1].ID || got.Images[0].Alt != "From above" {
		t.Errorf("%+v", got.Images)
	}
	many := make([][]byte, 14)
	if status, _ := sendFiles(t, s, token, form, pageOf(p), many...); status != 400 {
		t.Errorf("14 files are %d", status)
	}
	if status, _ := sendFiles(t, s, "", form, pageOf(p), bytes.Repeat([]byte("x"), 2<<20)); status != 303 {
		t.Errorf("files of nobody are %d", status)
	}
	if status, _ := sendFiles(t, s, token, form, pageOf(p), bytes.Repeat([]byte("x"), 33<<20)); status != 413 {
		t.Errorf("33 MB are %d", status)
	}
}

func image1(i shop.ProductImage, field string) string {
	return "image." + strings.TrimSpace(strings.Join([]string{idText(i.ID), field}, "."))
}

func idText(id shop.ImageID) string { return fmt.Sprint(int64(id)) }
