package mail_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"longrun/internal/mail"
)

func TestACaughtMailIsTheMailThatWasSent(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mail")
	folder, err := mail.NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	m := message()
	m.ReplyTo = "ask@shop.example"
	m.HTML = "<p>" + strings.Repeat("A long line = with signs. ", 60) + "</p>"
	if err := folder.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	caught, err := mail.Caught(dir)
	if err != nil || len(caught) != 1 {
		t.Fatalf("%d mails, %v", len(caught), err)
	}
	got := caught[0]
	if got.To != m.To || got.Subject != m.Subject || got.Text != m.Text || got.HTML != m.HTML || !got.At.Equal(noon.Time) {
		t.Errorf("caught %+v", got)
	}
	boundary := got.Headers["Content-Type"]
	if !strings.HasPrefix(boundary, "multipart/alternative;") {
		t.Errorf("Content-Type is %q", boundary)
	}
	delete(got.Headers, "Content-Type")
	want := map[string]string{
		"Message-Id": "<k7abc@shop.example>", "Date": "Sun, 22 Nov 2026 12:00:00 +0000", "Auto-Submitted": "auto-generated",
		"From": `"Longrun" <hello@shop.example>`, "Reply-To": "<ask@shop.example>", "To": "<ada@runner.example>", "Subject": m.Subject, "Mime-Version": "1.0",
	}
	if diff := cmp.Diff(want, got.Headers); diff != "" {
		t.Errorf("headers (-want +got):\n%s", diff)
	}
}

func TestEveryHandOverIsAFileAndTheLastComesFirst(t *testing.T) {
	dir := t.TempDir()
	folder, err := mail.NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"one@a.example", "two@a.example", "one@a.example"} {
		m := message()
		m.ID = id
		if err := folder.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, ".new-1234"), []byte("half a mess"), 0o600); err != nil {
		t.Fatal(err)
	}
	caught, err := mail.Caught(dir)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, m := range caught {
		ids = append(ids, m.Headers["Message-Id"])
	}
	if diff := cmp.Diff([]string{"<one@a.example>", "<two@a.example>", "<one@a.example>"}, ids); diff != "" {
		t.Error(diff)
	}
}

func TestMailsCaughtAtOnceAreAllThere(t *testing.T) {
	dir := t.TempDir()
	folder, err := mail.NewFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 40 {
		all.Go(func() {
			if err := folder.Send(t.Context(), message()); err != nil {
				t.Error(err)
			}
			if _, err := mail.Caught(dir); err != nil { // no half-written file is ever seen
				t.Error(err)
			}
		})
	}
	all.Wait()
	if caught, err := mail.Caught(dir); err != nil || len(caught) != 40 {
		t.Errorf("%d mails, %v", len(caught), err)
	}
}

func TestAFolderThatIsNotThereHasNoMail(t *testing.T) {
	if caught, err := mail.Caught(filepath.Join(t.TempDir(), "nowhere")); err != nil || len(caught) != 0 {
		t.Errorf("%d mails, %v", len(caught), err)
	}
}
