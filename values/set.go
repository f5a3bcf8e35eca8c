package values

import (
	"maps"
	"strings"
	"unicode/utf8"

	"helm.sh/helm/v4/pkg/strvals"

	"github.com/seldonctl/seldonctl/finding"
)

// setOver applies an expression of --set or --set-string to values. Lists are
// changed in place, so the expression is read twice: over the values for what
// comes out, and alone for which keys it touches.
func setOver(base *entry, o Overlay) (*entry, finding.List) {
	expr := string(o.text)
	parse, parseInto := strvals.Parse, strvals.ParseInto
	if o.kind == setStringOverlay {
		parse, parseInto = strvals.ParseString, strvals.ParseIntoString
	}
	result := base.plain().(map[string]any)
	alone, err := parse(expr)
	if err == nil && utf8.ValidString(expr) {
		err = parseInto(expr, result)
	}
	// The parser takes a value without a key for nothing.
	if nothing := len(alone) == 0 && expr != ""; err != nil || nothing || !utf8.ValidString(expr) {
		// Neither the expression nor the parser's words: both may hold a secret.
		return base, finding.List{finding.New(finding.ValuesSetSyntax, nil, "the expression is not a list of key=value pairs").
			At(finding.Position{File: flagText(o.name, expr)}).
			WithHint(`write key.sub=value,other=value, with a backslash before a comma that belongs to a value`)}
	}
	return touch(base, alone, result, o.name, ""), nil
}

// touch returns base with everything that alone has replaced by what result
// holds there.
func touch(base *entry, alone, result map[string]any, flag, prefix string) *entry {
	out := &entry{fields: map[string]*entry{}, origin: Origin{FromFlag, finding.Position{File: strings.TrimSpace(flag + " " + prefix)}}}
	if base.isMap() {
		maps.Copy(out.fields, base.fields)
		if prefix == "" {
			out.origin = base.origin
		}
	}
	for k, part := range alone {
		key := k
		if prefix != "" {
			key = prefix + "." + k
		}
		sub, isMap := part.(map[string]any)
		whole, stayed := result[k].(map[string]any)
		if isMap && stayed {
			out.fields[k] = touch(out.fields[k], sub, whole, flag, key)
			continue
		}
		out.fields[k] = newEntry(result[k], Origin{FromFlag, finding.Position{File: flag + " " + key}})
	}
	return out
}

// flagText returns the flag and the first key of an expression, without values.
func flagText(flag, expr string) string {
	key, _, ok := strings.Cut(expr, "=")
	if !ok || !utf8.ValidString(key) {
		return flag
	}
	return flag + " " + key
}
