package media

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/shop"
)

func store(t testing.TB) *Store {
	t.Helper()
	s, err := NewStore(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// painted is a picture whose left half is red and whose right half is blue.
func painted(width, height int, alpha uint8) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			c := color.NRGBA{R: 255, A: alpha}
			if x >= width/2 {
				c = color.NRGBA{B: 255, A: alpha}
			}
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}

func encoded(t testing.TB, kind string, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&b, m)
	case "gif":
		err = gif.Encode(&b, m, nil)
	default:
		err = jpeg.Encode(&b, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPut(t *testing.T) {
	polyglot := append(encoded(t, "gif", painted(400, 300, 255)), "<script>alert(1)</script>"...)
	tests := []struct {
		name     string
		original []byte
		want     Kept
		widths   []int
	}{
		{"a photograph in every width below its own", encoded(t, "jpeg", painted(1000, 100, 255)),
			Kept{MediaType: JPEG, Width: 1000, Height: 100}, []int{320, 640, 960, 1000}},
		{"a large one at most 1920 wide", encoded(t, "jpeg", painted(2000, 100, 255)),
			Kept{MediaType: JPEG, Width: 1920, Height: 96}, []int{320, 640, 960, 1280, 1920}},
		{"a small one is not blown up", encoded(t, "png", painted(10, 20, 255)),
			Kept{MediaType: JPEG, Width: 10, Height: 20}, []int{10}},
		{"one with transparency stays PNG", encoded(t, "png", painted(400, 300, 100)),
			Kept{MediaType: PNG, Width: 400, Height: 300}, []int{320, 400}},
		{"what hides behind a picture goes", polyglot, Kept{MediaType: JPEG, Width: 400, Height: 300}, []int{320, 400}},
		{"one that its camera turned stands upright", turned(encoded(t, "jpeg", painted(400, 200, 255)), 6),
			Kept{MediaType: JPEG, Width: 200, Height: 400}, []int{200}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := store(t)
			got, err := s.Put(tt.original)
			if err != nil {
				t.Fatal(err)
			}
			tt.want.Digest = got.Digest
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			checkRenditions(t, s, got, tt.widths)
			if again, err := s.Put(tt.original); again != got || err != nil {
				t.Errorf("the same again is %+v, %v", again, err)
			}
		})
	}
}

func checkRenditions(t *testing.T, s *Store, kept Kept, widths []int) {
	t.Helper()
	var got []int
	for _, r := range Renditions(shop.Picture{Digest: kept.Digest, MediaType: kept.MediaType, Width: kept.Width, Height: kept.Height}) {
		f, mediaType, err := s.Open(strings.TrimPrefix(r.Path, "/media/"))
		if err != nil {
			t.Fatal(err)
		}
		content, _ := io.ReadAll(f)
		f.Close()
		config, _, err := image.DecodeConfig(bytes.NewReader(content))
		if err != nil || config.Width != r.Width || mediaType != kept.MediaType {
			t.Errorf("%s is %d wide, %s, %v", r.Path, config.Width, mediaType, err)
		}
		if bytes.Contains(content, []byte("script")) || bytes.Contains(content, []byte("Exif")) {
			t.Errorf("%s still holds what hid in the original", r.Path)
		}
		if r.Width == kept.Width && digestOf(content) != kept.Digest {
			t.Errorf("%s is not what its name says", r.Path)
		}
		got = append(got, r.Width)
	}
	if diff := cmp.Diff(widths, got); diff != "" {
		t.Errorf("widths (-want +got):\n%s", diff)
	}
}

// turned writes an EXIF orientation into a JPEG.
func turned(file []byte, orientation byte) []byte {
	exif := "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(orientation) + "\x00\x00\x00\x00\x00\x00"
	head := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))...)
	return append(append(head, exif...), file[2:]...)
}

func TestTurnedPictureHasItsLeftOnTop(t *testing.T) {
	file := turned(encoded(t, "jpeg", painted(400, 200, 255)), 6) // turn clockwise to see it
	m, err := jpeg.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	up := upright(m, orientation(file), 200, 400)
	if r, _, b, _ := up.At(100, 10).RGBA(); r < b {
		t.Error("red, which was left, is not on top")
	}
	if r, _, b, _ := up.At(100, 390).RGBA(); b < r {
		t.Error("blue, which was right, is not below")
	}
}

// bomb is a PNG of a few bytes whose header claims a huge picture.
func bomb(width, height uint32) []byte {
	header := binary.BigEndian.AppendUint32([]byte("IHDR"), width)
	header = append(binary.BigEndian.AppendUint32(header, height), 8, 6, 0, 0, 0)
	file := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), header...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(header))
}

func TestPutRefuses(t *testing.T) {
	tests := []struct {
		name     string
		original []byte
		want     shop.Kind
	}{
		{"nothing", nil, shop.KindInvalid},
		{"a page named as a picture", []byte("<html><script>alert(1)</script>"), shop.KindInvalid},
		{"a drawing from outside", []byte(`<svg viewBox="0 0 1 1"><script/></svg>`), shop.KindInvalid},
		{"a picture that is cut off", encoded(t, "jpeg", painted(400, 300, 255))[:900], shop.KindInvalid},
		{"a bomb of 2.5 gigapixels", bomb(50_000, 50_000), shop.KindTooLarge},
		{"one pixel above 50 million", bomb(10_000, 5_001), shop.KindTooLarge},
		{"a thread of a picture", bomb(1, 30_000), shop.KindTooLarge},
		{"too many bytes", make([]byte, MaxBytes+1), shop.KindTooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := store(t)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			if _, err := s.Put(tt.original); shop.KindOf(err) != tt.want {
				t.Errorf("error is %v", err)
			}
			runtime.ReadMemStats(&after)
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 20<<20 || time.Since(start) > 2*time.Second {
				t.Errorf("it took %d MB and %v to refuse", grown>>20, time.Since(start))
			}
			if files, _ := filepath.Glob(filepath.Join(s.dir, "*", "*")); len(files) > 0 {
				t.Errorf("it left %v", files)
			}
		})
	}
}

func TestDrawings(t *testing.T) {
	s := store(t)
	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 900"><path d="M0 0"/></svg>`)
	kept, err := s.PutDrawn(svg)
	if want := (Kept{Digest: digestOf(svg), MediaType: SVG, Width: 1200, Height: 900}); err != nil || kept != want {
		t.Fatalf("got %+v, %v", kept, err)
	}
	f, mediaType, err := s.Open(kept.Digest + ".svg")
	if err != nil || mediaType != SVG {
		t.Fatal(mediaType, err)
	}
	defer f.Close()
	if content, _ := io.ReadAll(f); !bytes.Equal(content, svg) {
		t.Errorf("it became %s", content)
	}
	if _, err := s.PutDrawn([]byte(`<svg viewBox="0 0 1 1"><script>x</script></svg>`)); err == nil {
		t.Error("a drawing with a script was kept")
	}
}

func TestOpenKnowsOnlyItsOwnNames(t *testing.T) {
	s := store(t)
	if err := os.WriteFile(filepath.Join(s.dir, "secret"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	digest := strings.Repeat("a", 64)
	for _, name := range []string{
		"", ".", "..", "secret", "../secret", "..%2fsecret", "aa/../../secret", digest, digest + ".html", digest + ".svg\x00",
		digest + "-0.jpg", digest + "-320.gif", strings.ToUpper(digest) + ".svg", digest + ".svg", digest + "-320.jpg", `..\secret`,
	} {
		if f, _, err := s.Open(name); !shop.IsNotFound(err) {
			f.Close()
			t.Errorf("Open(%q) gives %v", name, err)
		}
	}
}
