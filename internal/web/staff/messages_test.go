package staff_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"longrun/internal/apptest"
	"longrun/internal/contact"
	"longrun/internal/shop"
)

// writeTo has somebody write to the shop.
func writeTo(t *testing.T, s *apptest.Shop, name, email string) {
	t.Helper()
	err := s.App.Contact.Send(t.Context(), contact.Typed{
		Name: name, Email: email, Order: "#1001", Body: "Hello <b>you</b> " + strings.Repeat("word ", 60), Network: "n",
		Key: s.App.DB.NewFormKey(contact.Form, shop.At(time.Now().Add(-time.Minute))),
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestStaffReadMessagesAndMarkThemAnswered(t *testing.T) {
	s, _ := open(t)
	for i := range 12 {
		writeTo(t, s, fmt.Sprint("Runner ", i), fmt.Sprintf("r%d@runner.example", i))
	}
	b := signIn(t, s, "owner@shop.example")
	b.Get("/staff").Follow("Messages").Must(200, "Runner 11", "Runner 0", "Hello <b>you</b>", "…")
	one := b.Get("/staff/messages").Follow("Runner 5").Must(200, "Message from Runner 5", "r5@runner.example", "Hello <b>you</b>")
	form := one.Form("/staff/messages/6/answered")
	form.Submit("").Must(200, "The message is answered.").MustNot("Runner 5")
	form.Submit("").Must(200) // pressed twice
	b.Get("/staff/messages?show=answered").Must(200, "Runner 5", "The owner").Follow("Runner 5").Form("/staff/messages/6/waiting").Submit("").
		Must(200, "The message waits for an answer again.")
	b.Get("/staff/messages?before=3").Must(200, "Runner 1").MustNot("Runner 2")
	for _, path := range []string{"/staff/messages/99", "/staff/messages/x", "/staff/messages/99999999999999999999"} {
		b.Get(path).Must(404)
	}
	b.Get("/staff/messages?before=x").Must(422)
}
