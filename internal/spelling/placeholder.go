package spelling

import "strings"

// ReplaceFirst is a hint for a text with a template, a variable of a shell or a
// placeholder such as <bucket>, and empty for any other. Kubernetes itself replaces $(NAME) in arguments.
func ReplaceFirst(text string) string {
	i := strings.IndexByte(text, '$')
	_, placeholder, _ := strings.Cut(text, "<")
	switch {
	case strings.Contains(text, "{{"), strings.Contains(text, "{%"):
		return "render the template first, for example with helm template"
	case i >= 0 && i+1 < len(text) && (text[i+1] == '{' || text[i+1] == '_' || 'A' <= text[i+1]&^0x20 && text[i+1]&^0x20 <= 'Z'):
		return "replace the variable first, for example with envsubst"
	case strings.Contains(placeholder, ">"):
		return "write what is meant in the place of < and >"
	}
	return ""
}
