package config

import "strings"

// Example is the text of .env.example: every name with its meaning and its
// default in development.
func Example() string {
	var b strings.Builder
	b.WriteString("# Every name the program reads. Development needs none of them;\n" +
		"# it also reads them from a file .env beside the program.\n")
	for _, n := range Names() {
		b.WriteString("\n")
		for _, line := range wrap(n.Meaning, 76) {
			b.WriteString("# " + line + "\n")
		}
		b.WriteString("#" + n.Name + "=" + n.Default + "\n")
	}
	return b.String()
}

func wrap(s string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		if line != "" && len(line)+1+len(word) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}
