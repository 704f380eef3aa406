package app

import (
	"context"
	"io/fs"
	"os"
	"slices"

	"longrun/internal/config"
	"longrun/internal/mail"
	"longrun/internal/post"
	"longrun/templates"
)

// templates are the embedded ones, or in development the folder itself where
// it is, so that a change shows at once.
func (a *App) templates() (files fs.FS, reload bool) {
	if _, err := os.Stat("templates/layout/base.html"); err == nil && a.Config.Environment == config.Development {
		return os.DirFS("templates"), true
	}
	return templates.Files, false
}

func (a *App) wirePost() error {
	files, reload := a.templates()
	writer, err := mail.NewWriter(mail.WriterOptions{
		Files: files, Reload: reload, From: a.Config.MailFrom, BaseURL: a.Config.BaseURL,
	})
	if err != nil {
		return err
	}
	sender, err := a.sender()
	if err != nil {
		return err
	}
	a.Post = post.New(a.DB, writer, sender, a.Config.BaseURL)
	return nil
}

func (a *App) sender() (mail.Sender, error) {
	if a.Config.SMTPURL == "" {
		return mail.NewFolder(a.Config.MailDir())
	}
	smtp, err := mail.NewSMTP(a.Config.SMTPURL)
	if err != nil || a.Config.Environment != config.Staging {
		return smtp, err
	}
	return listed{smtp, a.Config.MailOnlyTo}, nil
}

// listed is the mail of a staging shop: only listed addresses get any, the
// rest counts as handed over.
type listed struct {
	mail.Sender
	to []string
}

// Send sends to listed addresses.
func (l listed) Send(ctx context.Context, m mail.Message) error {
	if !slices.Contains(l.to, m.To) {
		return nil
	}
	return l.Sender.Send(ctx, m)
}
