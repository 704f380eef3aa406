package privacy

import (
	"context"
	"io"

	"longrun/internal/shop"
)

// What account.json says.
type (
	account struct {
		Email     string          `json:"email"`
		Name      string          `json:"name"`
		Customer  *string         `json:"stripe_customer"`
		Since     shop.Instant    `json:"since"`
		Emails    []ownEmail      `json:"emails"`
		Changes   []emailChange   `json:"changes_of_email"`
		Addresses []ownAddress    `json:"addresses"`
		Sessions  []accountSignIn `json:"signed_in"`
	}
	ownEmail struct {
		Email string        `json:"email"`
		From  shop.Instant  `json:"from"`
		Until *shop.Instant `json:"until"`
	}
	emailChange struct {
		Email    string        `json:"email"`
		Asked    shop.Instant  `json:"asked"`
		GoodTo   shop.Instant  `json:"good_until"`
		Used     *shop.Instant `json:"used"`
		Replaced *shop.Instant `json:"replaced"`
	}
	ownAddress struct {
		Name       string       `json:"name"`
		Line1      string       `json:"line1"`
		Line2      string       `json:"line2"`
		City       string       `json:"city"`
		State      string       `json:"state"`
		PostalCode string       `json:"postal_code"`
		Country    string       `json:"country"`
		Default    bool         `json:"default"`
		Added      shop.Instant `json:"added"`
	}
	accountSignIn struct {
		Email   string        `json:"email,omitempty"`
		Network string        `json:"network"`
		Browser string        `json:"browser"`
		Return  string        `json:"came_from,omitempty"`
		Began   shop.Instant  `json:"began"`
		Seen    *shop.Instant `json:"last_used,omitempty"`
	}
)

// accounts writes the account of the address, and what was typed to sign in
// with it.
func (x *export) accounts(ctx context.Context, w io.Writer) error {
	l := &list{w: w}
	all, err := x.AccountsOfPerson(ctx, x.email)
	if err != nil {
		return err
	}
	for _, a := range all {
		of := account{Email: a.Email, Name: a.Name, Customer: a.CustomerID, Since: a.CreatedAt}
		for _, e := range a.Emails {
			of.Emails = append(of.Emails, ownEmail{e.Email, e.FromAt, e.UntilAt})
		}
		for _, c := range a.Changes {
			of.Changes = append(of.Changes, emailChange{c.Email, c.CreatedAt, c.ExpiresAt, c.UsedAt, c.VoidAt})
		}
		for _, d := range a.Addresses {
			of.Addresses = append(of.Addresses, ownAddress{d.Name, d.Line1, d.Line2, d.City, d.State, d.PostalCode, d.Country, d.IsDefault, d.CreatedAt})
		}
		for _, s := range a.Sessions {
			of.Sessions = append(of.Sessions, accountSignIn{Network: s.Network, Browser: s.Agent, Began: s.CreatedAt, Seen: &s.SeenAt})
		}
		if err := l.add(of); err != nil {
			return err
		}
	}
	asked, err := x.SignInsOfPerson(ctx, x.email)
	for _, s := range asked {
		if err == nil {
			err = l.add(accountSignIn{Email: s.Email, Network: s.Network, Browser: s.Agent, Return: s.ReturnTo, Began: s.CreatedAt})
		}
	}
	if err != nil {
		return err
	}
	return l.end()
}
