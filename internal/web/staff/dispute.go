package staff

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/orders"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// DisputePage is one dispute and the answer to it.
type DisputePage struct {
	Page
	DisputeLine
	OrderURL string
	Waiting  int    // pieces of the order that have not left
	Action   string // where its forms begin
	CanWrite bool   // the answer can be changed, by this person
	Parts    []DisputeField
	Version  int64
	Filled   bool // the answer is what the shop knows; nobody has written one yet
}

// DisputeField is a part of the answer as its form has it.
type DisputeField struct {
	shop.EvidenceField
	Bad string // what is wrong with it
}

// Harm says whether it has cost money, or soon will.
func (p *DisputePage) Harm() bool { return p.State == shop.DisputeLost || p.Soon }

// Shown is the parts that say something, for reading.
func (p *DisputePage) Shown() []DisputeField {
	var list []DisputeField
	for _, f := range p.Parts {
		if f.Value != "" {
			list = append(list, f)
		}
	}
	return list
}

// disputeTyped is an answer as it was typed into a form that was refused.
type disputeTyped struct {
	evidence *shop.Evidence
	version  int64
	refusal  error
}

func (s *Staff) dispute(c echo.Context, in database.SignedIn) error {
	d, err := s.askedDispute(c)
	if err != nil {
		return err
	}
	return s.showDispute(c, in, d, disputeTyped{})
}

// askedDispute is the dispute that a request's address names.
func (s *Staff) askedDispute(c echo.Context) (shop.Dispute, error) {
	id, err := web.ParseID(c.Param("id"))
	if err != nil {
		return shop.Dispute{}, shop.NotFound("There is no such dispute.")
	}
	return s.reader.Dispute(c.Request().Context(), shop.DisputeID(id))
}

func (s *Staff) showDispute(c echo.Context, in database.SignedIn, d shop.Dispute, typed disputeTyped) error {
	shown, err := s.disputePage(c, in, d, typed)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if typed.refusal != nil {
		if status, err = shown.refuse(typed.refusal); err != nil {
			return err
		}
		for i := range shown.Parts {
			shown.Parts[i].Bad = shown.Fields[shown.Parts[i].Name]
		}
	}
	return s.kit.RenderStaff(c, status, "staff/dispute", shown)
}

func (s *Staff) disputePage(c echo.Context, in database.SignedIn, d shop.Dispute, typed disputeTyped) (*DisputePage, error) {
	ctx := c.Request().Context()
	now, err := s.reader.Now(ctx)
	if err != nil {
		return nil, err
	}
	order, err := s.reader.OrderByID(ctx, d.OrderID)
	if err != nil {
		return nil, err
	}
	p, err := s.page(c, &in, "Dispute of order "+orderNumber(order.Number))
	if err != nil {
		return nil, err
	}
	p.Path = disputesURL
	shown := &DisputePage{
		Page: p, DisputeLine: disputeLine(d, order.Number, now), OrderURL: orderURL(order.ID), Action: shop.DisputeURL(d.ID),
		CanWrite: in.Staff.May(shop.CanRefund) && d.Open(), Version: d.EvidenceVersion, Filled: d.Evidence == "",
	}
	if order.State == shop.OrderPaid {
		shown.Waiting = len(order.Waiting())
	}
	if d.Evidence == "" && !d.Open() && typed.evidence == nil {
		return shown, nil // nobody answered, or somebody did at Stripe
	}
	evidence, err := s.orders.FirstEvidence(ctx, d)
	if err != nil {
		return nil, err
	}
	if typed.evidence != nil {
		evidence, shown.Version = *typed.evidence, typed.version
	}
	for _, f := range evidence.Fields() {
		shown.Parts = append(shown.Parts, DisputeField{EvidenceField: f})
	}
	return shown, nil
}

// draftAnswer keeps the answer, and leads on to its sending where the button
// says so.
func (s *Staff) draftAnswer(c echo.Context, in database.SignedIn) error {
	form, err := web.FormValues(c)
	if err != nil {
		return err
	}
	d, err := s.askedDispute(c)
	if err != nil {
		return err
	}
	evidence, version := shop.EvidenceFrom(form.Get), int64(versionIn(form))
	refusal := s.orders.DraftEvidence(c.Request().Context(), in.Staff.Actor(), orders.EvidenceDraft{Dispute: d.ID, Evidence: evidence, Version: version})
	switch {
	case refusal == nil && form.Get("go") == "send":
		return c.Redirect(http.StatusSeeOther, shop.DisputeURL(d.ID)+"/send")
	case refusal == nil:
		return c.Redirect(http.StatusSeeOther, shop.DisputeURL(d.ID)+"?done=dispute-kept")
	}
	if d, err = s.reader.Dispute(c.Request().Context(), d.ID); err != nil {
		return err
	}
	return s.showDispute(c, in, d, disputeTyped{evidence: &evidence, version: version, refusal: refusal})
}

// sendPage shows the whole answer once more before the bank has it.
func (s *Staff) sendPage(c echo.Context, in database.SignedIn) error {
	return s.showSend(c, in, nil)
}

func (s *Staff) showSend(c echo.Context, in database.SignedIn, refusal error) error {
	d, err := s.askedDispute(c)
	if err != nil {
		return err
	}
	if refusal == nil && (!d.Open() || d.EvidenceState != shop.EvidenceDraft) {
		return shop.Conflict("There is no answer that could be sent.")
	}
	shown, err := s.disputePage(c, in, d, disputeTyped{})
	if err != nil {
		return err
	}
	status := http.StatusOK
	if refusal != nil {
		if status, err = shown.refuse(refusal); err != nil {
			return err
		}
	}
	return s.kit.RenderStaff(c, status, "staff/dispute_send", shown)
}

// sendAnswer hands the answer over that the page has shown.
func (s *Staff) sendAnswer(c echo.Context, in database.SignedIn) error {
	id, form, err := idAndForm(c)
	if err != nil {
		return err
	}
	err = s.orders.SendEvidence(c.Request().Context(), in.Staff.Actor(), shop.DisputeID(id), int64(versionIn(form)))
	if err != nil {
		return s.showSend(c, in, err)
	}
	return c.Redirect(http.StatusSeeOther, fmt.Sprintf("%s/%d?done=dispute-sent", disputesURL, id))
}
