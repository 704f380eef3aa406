package catalog_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"longrun/internal/catalog"
	"longrun/internal/database"
	"longrun/internal/database/databasetest"
	"longrun/internal/media"
	"longrun/internal/shop"
)

func TestAPictureIsFetchedOnceAndHungIntoItsImage(t *testing.T) {
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		switch r.URL.Path {
		case "/page.png":
			_, _ = w.Write([]byte("<html>"))
		case "/busy.png":
			w.WriteHeader(http.StatusBadGateway)
		default:
			_ = png.Encode(w, image.NewGray(image.Rect(0, 0, 400, 300)))
		}
	}))
	t.Cleanup(server.Close)
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		asked = 0
		c := open(t, db)
		importing(t, c, []byte("Handle,Title,Image Src,Variant Image\na,A,"+server.URL+"/1.png,"+server.URL+"/2.png\nb,B,"+server.URL+"/page.png,\nc,C,"+
			server.URL+"/busy.png,\n"), false)
		jobs, err := db.Jobs().Claim(t.Context(), 10, time.Minute)
		if err != nil || len(jobs) != 4 || jobs[0].Kind != shop.JobFetchPicture {
			t.Fatalf("the jobs are %+v, %v", jobs, err)
		}
		images := product(t, db, "a").Images
		before, _ := db.LastChange(t.Context())
		for range 2 {
			if err := c.FetchPicture(t.Context(), images[0].ID); err != nil {
				t.Fatal(err)
			}
		}
		p := product(t, db, "a")
		if p.Images[0].Picture == nil || p.Images[0].Picture.Width != 400 || p.Images[1].Picture != nil || asked != 1 {
			t.Errorf("the images are %+v, asked %d times", p.Images, asked)
		}
		if *p.Variants[0].ImageID != images[1].ID {
			t.Errorf("the variant has image %d", *p.Variants[0].ImageID)
		}
		if after, _ := db.LastChange(t.Context()); after == before {
			t.Error("no page hears of the picture")
		}
		for handle, want := range map[string]shop.Kind{"b": shop.KindInvalid, "c": shop.KindUnavailable} {
			if err := c.FetchPicture(t.Context(), product(t, db, handle).Images[0].ID); shop.KindOf(err) != want {
				t.Errorf("%s: %v", handle, err)
			}
		}
		if err := c.FetchPicture(t.Context(), 999_999); err != nil {
			t.Errorf("an image that is gone: %v", err)
		}
	})
}

func TestTheFetcherOfAShopGoesToNoPrivateAddress(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	t.Cleanup(server.Close)
	db := databasetest.Open(t, database.SQLite)
	store, err := media.NewStore(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	c := catalog.New(db, store, media.NewFetcher())
	importing(t, c, []byte("Handle,Title,Image Src\na,A,"+server.URL+"/1.png\n"), false)
	if err := c.FetchPicture(t.Context(), product(t, db, "a").Images[0].ID); shop.KindOf(err) != shop.KindInvalid || asked {
		t.Errorf("asked is %v, error is %v", asked, err)
	}
}

func TestDrawingsAreKeptOnce(t *testing.T) {
	databasetest.Each(t, func(t *testing.T, db *database.DB) {
		other := bytes.Replace([]byte(drawing), []byte("M0 0"), []byte("M1 1"), 1)
		got, err := open(t, db).StoreDrawn(t.Context(), []byte(drawing), other, []byte(drawing))
		if err != nil || len(got) != 3 || got[0].ID == 0 || got[0].ID != got[2].ID || got[0].ID == got[1].ID || got[0].Height != 900 {
			t.Errorf("the pictures are %+v, %v", got, err)
		}
	})
}
