package spelling

import "strings"

// Near reports whether a word is another but for a number of letters at the most.
// Case does not matter.
func Near(word, known string, letters int) bool {
	return len(word) <= long && Distance(strings.ToLower(word), strings.ToLower(known)) <= letters
}
