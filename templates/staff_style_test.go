package templates_test

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"longrun/templates"
)

// What the files of the staff area may weigh, in bytes.
const (
	staffStyleWeight  = 18 << 10
	staffScriptWeight = 10 << 10
)

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := fs.ReadFile(templates.Files, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	cssComment   = regexp.MustCompile(`(?s)/\*.*?\*/`)
	cssSelector  = regexp.MustCompile(`(?m)^([^@\s}][^{}]*?) \{`)
	cssClass     = regexp.MustCompile(`\.([a-z][a-z-]*)`)
	htmlClass    = regexp.MustCompile(`class="([^"]*)"`)
	htmlTemplate = regexp.MustCompile(`\{\{[^}]*\}\}`)
)

// TestTheStaffStylesheetIsOneDesign wants each selector once, each class of
// the templates in it, and none that they have not.
func TestTheStaffStylesheetIsOneDesign(t *testing.T) {
	css := cssComment.ReplaceAllString(readFile(t, "assets/css/staff.css"), "")
	if len(css) > staffStyleWeight {
		t.Errorf("the stylesheet has %d bytes, more than %d", len(css), staffStyleWeight)
	}
	if n := len(readFile(t, "assets/js/staff.js")); n > staffScriptWeight {
		t.Errorf("the script has %d bytes, more than %d", n, staffScriptWeight)
	}
	seen := map[string]bool{}
	for _, m := range cssSelector.FindAllStringSubmatch(css, -1) {
		if seen[m[1]] {
			t.Errorf("%s is styled twice", m[1])
		}
		seen[m[1]] = true
	}
	styled := map[string]bool{}
	for _, m := range cssClass.FindAllStringSubmatch(css, -1) {
		styled[m[1]] = true
	}
	used := usedClasses(t)
	for class, file := range used {
		if !styled[class] {
			t.Errorf("%s has the class %q, which the stylesheet does not know", file, class)
		}
	}
	for class := range styled {
		if used[class] == "" {
			t.Errorf("the stylesheet has the class %q, which no page has", class)
		}
	}
}

// usedClasses are the classes of the staff area's templates, with a file of
// each.
func usedClasses(t *testing.T) map[string]string {
	t.Helper()
	used := map[string]string{}
	for _, pattern := range []string{"staff/*.html", "staff/parts/*.html", "layout/staff.html"} {
		files, err := fs.Glob(templates.Files, pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			for _, m := range htmlClass.FindAllStringSubmatch(readFile(t, file), -1) {
				for _, class := range strings.Fields(htmlTemplate.ReplaceAllString(m[1], " ")) {
					used[class] = file
				}
			}
		}
	}
	return used
}
