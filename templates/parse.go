package templates

import (
	"html/template"
	"io/fs"
	"path"
	texttemplate "text/template"
)

// Base is the template to execute in the set of a page.
const Base = "base"

// ParsePage is the set of one page, named like "storefront/bag.html": the
// layout, every part, and the file that fills the layout's blocks. Execute
// its template Base. It returns an error when a file is missing or does not
// parse.
func ParsePage(files fs.FS, name string) (*template.Template, error) {
	return template.New(path.Base(name)).
		ParseFS(files, "layout/base.html", "parts/*.html", name)
}

// Mail is a message in its two forms. The first line of Text is its subject.
type Mail struct {
	HTML *template.Template
	Text *texttemplate.Template
}

// ParseMail is the mail with a name such as "order_confirmation". Both
// templates are executed with the same data.
func ParseMail(files fs.FS, name string) (Mail, error) {
	html, err := template.New(name+".html").
		ParseFS(files, "mail/"+name+".html", "mail/frame.html")
	if err != nil {
		return Mail{}, err
	}
	text, err := texttemplate.New(name+".txt").
		ParseFS(files, "mail/"+name+".txt", "mail/frame.txt")
	return Mail{HTML: html, Text: text}, err
}
