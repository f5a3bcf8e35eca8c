package run

import (
	"fmt"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/internal/spelling"
)

// Modes are the words that [ParseMode] takes, the default first.
func Modes() []string { return []string{"strict", "warn", "ignore"} }

// ParseMode returns the mode of a word; kubectl's older words true and false
// mean strict and ignore, and no word strict.
func ParseMode(word string) (source.Mode, error) {
	switch word {
	case "", "strict", "true":
		return source.Strict, nil
	case "warn":
		return source.Warn, nil
	case "ignore", "false":
		return source.Ignore, nil
	}
	return 0, fmt.Errorf("must be strict, warn or ignore, not %q", word)
}

// CheckNamespace returns what is wrong with the name of a namespace; an empty one
// is right.
func CheckNamespace(name string) error {
	if name != "" && len(validation.IsDNS1123Label(name)) > 0 {
		return fmt.Errorf(`invalid namespace %q: use lower-case letters, digits and "-", at most 63`, name)
	}
	return nil
}

// ParseCodes returns the codes of findings that are to be left out, whatever case
// they are written in.
func ParseCodes(words []string) ([]finding.Code, error) {
	codes := make([]finding.Code, len(words))
	for i, word := range words {
		codes[i] = finding.Code(strings.ToUpper(word))
		if _, ok := finding.Lookup(codes[i]); !ok {
			return nil, fmt.Errorf("unknown finding code %q: %s", word, meantCode(string(codes[i])))
		}
	}
	return codes, nil
}

// meantCode is a hint for an unknown code.
func meantCode(word string) string {
	var all []string
	for _, d := range finding.Definitions() {
		all = append(all, string(d.Code))
	}
	// A code of the same length with another digit is as likely as any other.
	if meant := spelling.Nearest(word, all); meant != "" && len(meant) != len(word) {
		return "did you mean " + meant + "?"
	}
	return "docs/findings.md lists them"
}
