package spelling

import "strings"

// long bounds the words that are compared.
const long = 128

// Nearest returns the word of a list that is most likely meant by another, or
// nothing: the one that is the fewest letters away, if those are at most a third
// of the word; the first of several. Case does not matter.
func Nearest(word string, list []string) string {
	if len(word) > long {
		return ""
	}
	if bare := Unquoted(word); bare != "" {
		word = bare
	}
	word = strings.ToLower(word)
	nearest, limit := "", max(1, len(word)/3)+1
	for _, w := range list {
		if len(w) >= len(word)+limit || len(w)+limit <= len(word) {
			continue
		}
		if d := Distance(strings.ToLower(w), word); d < limit {
			nearest, limit = w, d
		}
	}
	return nearest
}
