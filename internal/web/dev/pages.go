package dev

import (
	"bytes"
	"html/template"
	"net/http"

	"github.com/labstack/echo/v4"

	"longrun/internal/web"
)

// pages are plain: nobody but whoever works on the shop sees them.
var pages = template.Must(template.New("").Parse(`
{{define "top"}}<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title><link rel="stylesheet" href="{{.Stylesheet}}"></head>
<body><main class="wrap"><p><a href="/">Shop</a> · <a href="/dev/mail">Mail</a> · <a href="/dev/mails">Every kind of mail</a> · <a href="/dev/clock">Clock</a></p>
<h1>{{.Title}}</h1>{{end}}
{{define "end"}}</main></body></html>
{{end}}

{{define "mails"}}{{template "top" .}}
{{if .Data}}<ol reversed>{{range .Data}}
<li><a href="/dev/mail/{{.N}}">{{.Message.Subject}}</a> to {{.Message.To}}</li>{{end}}
</ol>{{else}}<p>No mail yet.</p>{{end}}
{{template "end"}}{{end}}

{{define "mail"}}{{template "top" .}}
<p>To {{.Data.Message.To}}, {{.Data.Message.At.Format "2006-01-02 15:04:05 MST"}}. <a href="/dev/mail/{{.Data.N}}/html">As a mail program shows it</a></p>
<pre>{{.Data.Message.Text}}</pre>
<h2>Headers</h2>
<dl>{{range $name, $value := .Data.Message.Headers}}<dt>{{$name}}</dt><dd>{{$value}}</dd>{{end}}</dl>
{{template "end"}}{{end}}

{{define "samples"}}{{template "top" .}}
<p>Each kind of mail that the shop writes, with invented data.</p>
<ul>{{range .Data}}
<li><a href="/dev/mails/{{.Kind}}">{{.Message.Subject}}</a> ({{.Kind}}): <a href="/dev/mails/{{.Kind}}/html">as HTML<span class="vh">, {{.Kind}}</span></a>, <a href="/dev/mails/{{.Kind}}/text">as text<span class="vh">, {{.Kind}}</span></a></li>{{end}}
</ul>
{{template "end"}}{{end}}

{{define "sample"}}{{template "top" .}}
<p>{{.Data.Kind}}: <a href="/dev/mails/{{.Data.Kind}}/html">as a mail program shows it</a>, <a href="/dev/mails/{{.Data.Kind}}/text">as text</a></p>
<pre>{{.Data.Message.Text}}</pre>
<h2>Headers</h2>
<pre>{{range .Data.Headers}}{{.}}
{{end}}</pre>
{{template "end"}}{{end}}

{{define "clock"}}{{template "top" .}}
<p>The shop's clock says <b>{{.Data.Format "2006-01-02T15:04:05Z07:00"}}</b>.</p>
<form method="post" action="/dev/clock"><p><label for="advance">Move it on by</label> <input id="advance" name="advance" value="40m"> <button class="button">Move</button></p></form>
<form method="post" action="/dev/clock"><p><label for="now">Set it to</label> <input id="now" name="now" value="{{.Data.Format "2006-01-02T15:04:05Z07:00"}}"> <button class="button">Set</button></p></form>
{{template "end"}}{{end}}
`))

func (d *Dev) show(c echo.Context, name, title string, data any) error {
	var b bytes.Buffer
	err := pages.ExecuteTemplate(&b, name, struct {
		Title, Stylesheet string
		Data              any
	}{title, d.o.Kit.Asset("css/shop.css"), data})
	if err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "private, no-store")
	return web.HTML(c, http.StatusOK, b.Bytes())
}
