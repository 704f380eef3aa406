package staff

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// messagesURL is the list of what people wrote to the shop.
const messagesURL = "/staff/messages"

// messageRows is how many messages a page lists.
const messageRows = 50

// messageRoutes are the messages to the shop.
func (s *Staff) messageRoutes(e *echo.Echo) {
	see := shop.CanSeeOrders
	web.Get(e, messagesURL, s.allow(see, s.messages))
	web.Get(e, "/staff/messages/:id", s.allow(see, s.message))
	e.POST("/staff/messages/:id/answered", s.allow(see, s.messageAnswered))
	e.POST("/staff/messages/:id/waiting", s.allow(see, s.messageWaits))
}

// messageSentences are what is said after a form about messages.
var messageSentences = map[string]string{
	"answered": "The message is answered.",
	"waiting":  "The message waits for an answer again.",
}

// MessagesPage lists messages.
type MessagesPage struct {
	Page
	Answered bool // those that have an answer; else those that wait for one
	Messages []MessageLine
	Next     string
}

// MessageLine is a message in the list.
type MessageLine struct {
	shop.ContactMessage
	Begins string // the beginning of what it says
	By     string // who answered it
}

// beginning is how many letters of a message the list shows.
const beginning = 120

func (s *Staff) messages(c echo.Context, in database.SignedIn) error {
	before, err := pageBefore(c)
	if err != nil {
		return err
	}
	p, err := s.page(c, &in, "Messages")
	if err != nil {
		return err
	}
	shown := &MessagesPage{Page: p, Answered: c.QueryParam("show") == "answered"}
	list, err := s.reader.Messages(c.Request().Context(), shown.Answered, shop.MessageID(before), messageRows+1)
	if err != nil {
		return err
	}
	if len(list) > messageRows {
		list = list[:messageRows]
		next := map[string]string{"before": fmt.Sprint(list[messageRows-1].ID)}
		if shown.Answered {
			next["show"] = "answered"
		}
		shown.Next = systemList(messagesURL, next)
	}
	names, err := s.staffNames(c)
	if err != nil {
		return err
	}
	for _, m := range list {
		line := MessageLine{ContactMessage: m, Begins: m.Body, By: nameIn(names, m.AnsweredBy)}
		if letters := []rune(m.Body); len(letters) > beginning {
			line.Begins = string(letters[:beginning]) + "…"
		}
		shown.Messages = append(shown.Messages, line)
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/messages", shown)
}

// MessageOfPage is one message.
type MessageOfPage struct {
	Page
	MessageLine
	Action string // where its forms begin
	Answer string // mailto:
	Orders string // the orders of who wrote it, or the one it is about
}

func (s *Staff) message(c echo.Context, in database.SignedIn) error {
	id, err := web.ParseID(c.Param("id"))
	if err != nil {
		return shop.NotFound("There is no such message.")
	}
	m, err := s.reader.Message(c.Request().Context(), shop.MessageID(id))
	if err != nil {
		return err
	}
	from := m.Name
	if from == "" {
		from = m.Email
	}
	p, err := s.page(c, &in, "Message from "+from)
	if err != nil {
		return err
	}
	names, err := s.staffNames(c)
	if err != nil {
		return err
	}
	about := m.Email
	if m.OrderNumber != "" {
		about = m.OrderNumber
	}
	shown := &MessageOfPage{
		Page: p, MessageLine: MessageLine{ContactMessage: m, By: nameIn(names, m.AnsweredBy)},
		Action: fmt.Sprintf("%s/%d", messagesURL, id), Orders: ordersURL + "?q=" + url.QueryEscape(about),
		Answer: "mailto:" + url.PathEscape(m.Email) + "?subject=" + url.PathEscape("Your message to "+p.ShopName),
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/message_of", shown)
}

func (s *Staff) messageAnswered(c echo.Context, in database.SignedIn) error {
	return s.answerMessage(c, in, true)
}

func (s *Staff) messageWaits(c echo.Context, in database.SignedIn) error {
	return s.answerMessage(c, in, false)
}

func (s *Staff) answerMessage(c echo.Context, in database.SignedIn, answered bool) error {
	id, _, err := idAndForm(c)
	if err != nil {
		return err
	}
	if err := s.contact.Answer(c.Request().Context(), in.Staff.Actor(), shop.MessageID(id), answered); err != nil {
		return err
	}
	if answered {
		return c.Redirect(http.StatusSeeOther, messagesURL+"?done=answered")
	}
	return c.Redirect(http.StatusSeeOther, fmt.Sprintf("%s/%d?done=waiting", messagesURL, id))
}
