package values

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// plainText matches text that needs no quotes in any YAML, unless it is one of
// the words below: names and images, versions of three numbers, quantities.
var plainText = regexp.MustCompile(`^(?:[A-Za-z/](?:[A-Za-z0-9._/@-]|:[A-Za-z0-9._/@-])*|[0-9]+\.[0-9]+\.[0-9]+(?:-[a-z][a-z0-9-]*)?|[0-9]+(?:m|Mi|Gi))$`)

// isWord reports whether YAML 1.1 or 1.2 reads the plain text as a boolean or null.
func isWord(s string) bool {
	switch strings.ToLower(s) {
	case "true", "false", "yes", "no", "on", "off", "y", "n", "null":
		return true
	}
	return false
}

func keyText(s string) string {
	if plainText.MatchString(s) && !isWord(s) && !strings.Contains(s, ":") {
		return s
	}
	return quote(s)
}

// flow returns an entry in one line.
func (e *entry) flow() string {
	switch {
	case e.fields != nil:
		parts := make([]string, 0, len(e.fields))
		for _, k := range slices.Sorted(maps.Keys(e.fields)) {
			parts = append(parts, quote(k)+": "+e.fields[k].flow())
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case e.items != nil:
		parts := make([]string, len(e.items))
		for i, item := range e.items {
			parts[i] = item.flow()
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return scalarText(e.scalar)
}

// scalarText returns a scalar so that it reads as the same kind and, where the
// chart prints it, prints the same.
func scalarText(scalar any) string {
	switch value := scalar.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(value)
	case string:
		if plainText.MatchString(value) && !isWord(value) {
			return value
		}
		return quote(value)
	case int64:
		if value <= -exponentMinimum || value >= exponentMinimum {
			// Bare it would be read as floating point and print with an exponent.
			return quote(strconv.FormatInt(value, 10))
		}
		return strconv.FormatInt(value, 10)
	case float64:
		return floatText(value)
	}
	return quote(fmt.Sprint(scalar))
}

func floatText(f float64) string {
	if f == 0 && math.Signbit(f) {
		return "-0.0"
	}
	if f == math.Trunc(f) && math.Abs(f) < 1e15 {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// quote returns text between double quotes, with everything escaped that a YAML
// reader may refuse.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r >= ' ' && r < unicode.MaxASCII || r > unicode.MaxASCII && unicode.IsPrint(r):
			b.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
