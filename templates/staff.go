package templates

import (
	"html/template"
	"io/fs"
	"path"
	"strings"
)

// Parse is the set of one page of whatever area its folder is: pages of staff
// have a frame of their own, all others the shop's. Execute its template Base.
func Parse(files fs.FS, name string) (*template.Template, error) {
	if strings.HasPrefix(name, "staff/") {
		return template.New(path.Base(name)).ParseFS(files, "layout/staff.html", "staff/parts/*.html", name)
	}
	return ParsePage(files, name)
}
