package finding

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/seldonctl/seldonctl/internal/spelling"
)

// ParseCode returns the code of a word, whatever case it is written in. The error
// names the code that was meant, if one comes near.
func ParseCode(word string) (Code, error) {
	code := Code(strings.ToUpper(word))
	if _, ok := Lookup(code); !ok {
		return "", fmt.Errorf("unknown finding code %q: %s", word, meantCode(string(code)))
	}
	return code, nil
}

// ParseIgnorable returns the code of a warning or note, whatever case it is
// written in. Errors cannot be ignored.
func ParseIgnorable(word string) (Code, error) {
	code, err := ParseCode(word)
	if err != nil {
		return "", err
	}
	if d, _ := Lookup(code); d.Severity == Error {
		return "", fmt.Errorf("%s is an error and cannot be ignored", code)
	}
	return code, nil
}

// meantCode is a hint for an unknown code.
func meantCode(word string) string {
	parts := strings.FieldsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	known := func(part string) bool { _, ok := Lookup(Code(part)); return ok }
	if len(parts) > 1 && !slices.ContainsFunc(parts, func(part string) bool { return !known(part) }) {
		return "write a comma between codes: " + strings.Join(parts, ",")
	}
	bare := strings.Join(parts, "")
	if !strings.HasPrefix(bare, "SDC") && known("SDC"+bare) {
		return "did you mean SDC" + bare + "?"
	}
	var all []string
	for _, d := range definitions() {
		all = append(all, string(d.Code))
	}
	// A code of the same length with another digit is as likely as any other.
	if meant := spelling.Nearest(word, all); meant != "" && len(meant) != len(word) {
		return "did you mean " + meant + "?"
	}
	return "`seldonctl explain --list codes` lists them"
}
