package staff

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"longrun/internal/database"
	"longrun/internal/shop"
	"longrun/internal/web"
)

// MovementsPage is the history of stock.
type MovementsPage struct {
	Stock
	Q, Kind, Who, From, Until string // as typed
	Variant, Product, Cause   string // from a link
	Kinds                     []string
	People                    []web.MenuItem  // actors: Title is the name, URL the actor
	Of                        *shop.StockLine // the one size it is about
	About                     string          // what else it is about, "" for everything
	Rows                      []MovementRow
	Next                      string // address of the next page, "" on the last
}

// MovementRow is a movement as people read it.
type MovementRow struct {
	ID       int64
	At       shop.Instant
	Word     string
	Name     string // of what moved
	Variant  shop.VariantID
	SKU      string
	Delta    string
	OnHand   *int64 // after it, where one size was asked for
	Who      string
	Note     string
	Order    string // its number, or "not numbered", "" for other causes
	OrderURL string
}

// movementsPage is how many movements a page has; a search by title reaches so
// many products.
const (
	movementsPage    = 50
	movementProducts = 10
)

func (s *Staff) movements(c echo.Context, in database.SignedIn) error {
	p, err := s.stockPage(c, in, "Movements of stock")
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	shown := &MovementsPage{
		Stock: p, Q: strings.TrimSpace(c.QueryParam("q")), Kind: c.QueryParam("kind"), Who: c.QueryParam("who"),
		From: c.QueryParam("from"), Until: c.QueryParam("until"),
		Variant: c.QueryParam("variant"), Product: c.QueryParam("product"), Cause: c.QueryParam("cause"), Kinds: shop.CauseKinds(),
	}
	if shown.People, err = s.movers(ctx); err != nil {
		return err
	}
	search, nothing, refusal := s.movementSearch(ctx, shown, c.QueryParam("before"))
	if refusal != nil {
		status, err := shown.refuse(refusal)
		if err != nil {
			return err
		}
		return s.kit.RenderStaff(c, status, "staff/stockmovements", shown)
	}
	if !nothing {
		if err := s.fillMovements(ctx, shown, search); err != nil {
			return err
		}
	}
	if !in.Staff.May(shop.CanSeeOrders) {
		for i := range shown.Rows {
			shown.Rows[i].OrderURL = ""
		}
	}
	return s.kit.RenderStaff(c, http.StatusOK, "staff/stockmovements", shown)
}

func (s *Staff) fillMovements(ctx context.Context, p *MovementsPage, search database.MovementSearch) error {
	lines, next, err := s.reader.Movements(ctx, search)
	if err != nil {
		return err
	}
	if next != nil {
		p.Next = p.next(*next)
	}
	p.Rows, err = s.movementRows(ctx, lines)
	return err
}

// movementSearch is what was typed as a search; nothing says that no size fits
// it.
func (s *Staff) movementSearch(ctx context.Context, p *MovementsPage, before string) (search database.MovementSearch, nothing bool, err error) {
	search = database.MovementSearch{Who: p.Who, Limit: movementsPage}
	if p.Kind != "" {
		if !shop.IsCauseKind(p.Kind) {
			return search, false, shop.Invalid("Choose one of the causes.")
		}
		search.CauseKind, search.CauseID = p.Kind, p.Cause
	}
	days := AuditPage{Page: p.Page}
	if search.From, err = days.day("from", p.From, 0); err != nil {
		return search, false, err
	}
	if search.Until, err = days.day("until", p.Until, 1); err != nil {
		return search, false, err
	}
	if before != "" {
		if search.Before, err = parseBefore(before); err != nil {
			return search, false, err
		}
	}
	nothing, err = s.movementSizes(ctx, p, &search)
	return search, nothing, err
}

// movementSizes fills in which sizes a search is about.
func (s *Staff) movementSizes(ctx context.Context, p *MovementsPage, search *database.MovementSearch) (nothing bool, err error) {
	lines, all, err := s.movementLines(ctx, p)
	if err != nil || all {
		return false, err
	}
	search.Variants = variantIDs(lines)
	if len(lines) == 1 {
		p.Of = &lines[0]
	}
	return len(lines) == 0, nil
}

func (s *Staff) movementLines(ctx context.Context, p *MovementsPage) (lines []shop.StockLine, all bool, err error) {
	switch {
	case p.Variant != "":
		id, err := web.ParseID(p.Variant)
		if err != nil {
			return nil, false, shop.Invalid("The page's address is not right.")
		}
		found, err := s.reader.StockLines(ctx, []shop.VariantID{shop.VariantID(id)})
		if l, ok := found[shop.VariantID(id)]; ok {
			lines = append(lines, l)
		}
		return lines, false, err
	case p.Product != "":
		id, err := web.ParseID(p.Product)
		if err != nil {
			return nil, false, shop.Invalid("The page's address is not right.")
		}
		lines, err = s.reader.StockLinesOf(ctx, []shop.ProductID{shop.ProductID(id)})
		if len(lines) > 0 {
			p.About = lines[0].ProductTitle
		}
		return lines, false, err
	case p.Q == "":
		return nil, true, nil
	case len(p.Q) > mostTyped:
		return nil, false, shop.Invalid("That is too long to search for.")
	}
	found, err := s.reader.StockLinesByCodes(ctx, []string{p.Q})
	if err != nil || len(found[p.Q]) > 0 {
		return found[p.Q], false, err
	}
	title, size := sizeWords(p.Q)
	products, err := s.reader.ProductsTitled(ctx, database.TitleSearch{Words: title, Limit: movementProducts})
	if err != nil {
		return nil, false, err
	}
	lines, err = s.sizesOf(ctx, products, size)
	return lines, false, err
}

func parseBefore(text string) (*database.MovementPlace, error) {
	micros, id, ok := strings.Cut(text, "-")
	at, err := strconv.ParseInt(micros, 10, 64)
	n, bad := web.ParseID(id)
	if !ok || err != nil || bad != nil || at < 0 || at > 1<<56 {
		return nil, shop.Invalid("The page's address is not right.")
	}
	return &database.MovementPlace{At: shop.At(time.UnixMicro(at)), ID: n}, nil
}

func (p *MovementsPage) next(last database.MovementPlace) string {
	q := url.Values{"before": {fmt.Sprintf("%d-%d", last.At.UnixMicro(), last.ID)}}
	for name, value := range map[string]string{"q": p.Q, "kind": p.Kind, "who": p.Who, "from": p.From, "until": p.Until,
		"variant": p.Variant, "product": p.Product, "cause": p.Cause} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return "/staff/stock/movements?" + q.Encode()
}

// movers are who may have moved stock.
func (s *Staff) movers(ctx context.Context) ([]web.MenuItem, error) {
	people, err := s.actors(ctx)
	return append(people, web.MenuItem{Title: theShop, URL: shop.ByJob}), err
}

// theShop is what people call what the program does by itself.
const theShop = "The shop itself"

// movementRows are movements with the names of things, people and orders, in
// three queries.
func (s *Staff) movementRows(ctx context.Context, found []database.MovementLine) ([]MovementRow, error) {
	var variants []shop.VariantID
	var orders []shop.OrderID
	for _, m := range found {
		variants = append(variants, m.VariantID)
		if id := orderOf(m.StockMovement); id > 0 {
			orders = append(orders, id)
		}
	}
	lines, err := s.reader.StockLines(ctx, variants)
	if err != nil {
		return nil, err
	}
	numbers, err := s.reader.OrderNumbers(ctx, orders)
	if err != nil {
		return nil, err
	}
	people, err := s.movers(ctx)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, who := range people {
		names[who.URL] = who.Title
	}
	rows := make([]MovementRow, len(found))
	for i, m := range found {
		l := lines[m.VariantID]
		row := MovementRow{ID: m.ID, At: m.At, Word: shop.CauseWord(m.StockMovement), Name: l.Name(), Variant: m.VariantID, SKU: l.SKU,
			Delta: fmt.Sprintf("%+d", m.Delta), OnHand: m.OnHand, Who: m.Who, Note: m.Note}
		if name := names[m.Who]; name != "" {
			row.Who = name
		}
		if id := orderOf(m.StockMovement); id > 0 {
			row.OrderURL = fmt.Sprintf("/staff/orders/%d", id)
			if row.Order = "an order"; numbers[id] > 0 {
				row.Order = fmt.Sprint(numbers[id])
			}
		}
		rows[i] = row
	}
	return rows, nil
}

// orderOf is the order that caused a movement, 0 for none.
func orderOf(m shop.StockMovement) shop.OrderID {
	if m.CauseKind != shop.CauseOrder && m.CauseKind != shop.CauseCancellation {
		return 0
	}
	id, _ := strconv.ParseInt(m.CauseID, 10, 64)
	return shop.OrderID(id)
}
