package spelling

import "strings"

// Unquoted returns a text without the quotes of a word processor around it, which
// are letters to every program, or nothing if it has none.
func Unquoted(text string) string {
	if len(text) < len("“”") || text[0] < 0x80 {
		return ""
	}
	inside := strings.TrimLeft(text, "“”„‘’")
	if bare := strings.TrimRight(inside, "“”‘’"); inside != text && bare != inside {
		return bare
	}
	return ""
}
