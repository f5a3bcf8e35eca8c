package spelling

import "strings"

// Alternatives joins words for a sentence: a, b or c.
func Alternatives(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// Meant is the end of a sentence that names the word of a list that was meant by
// another, or nothing.
func Meant(word string, words []string) string {
	if nearest := Nearest(word, words); nearest != "" {
		return "; did you mean " + nearest + "?"
	}
	return ""
}
