package secrets

import (
	"cmp"
	"regexp"
	"strings"
	"sync"

	"github.com/seldonctl/seldonctl/internal/spelling"
)

// placeholder matches what examples have in place of a value.
var placeholder = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(x{3,}|\*{3,}|\.{3}|<.*>|(change|replace)[-_ ]?me|your[-_].*|todo)$`)
})

// flawOf says what is wrong with the value of a key, as the end of a sentence
// that begins with the key, or nothing. It never quotes the value.
func flawOf(key, value string) string {
	if isTemplate(value) {
		return ""
	}
	if placeholder().MatchString(strings.TrimSpace(value)) {
		return "is a placeholder; write the value"
	}
	if spelling.Unquoted(value) != "" {
		return "is in typographic quotes, which belong to the value; remove them"
	}
	if strings.HasSuffix(key, ".json") {
		return checkKeyFile(value)
	}
	if f, ok := fieldOf(key); ok {
		if flaw := cmp.Or(f.wrong(value), flawOfKeys(f.Name, key, value)); flaw != "" || f.File {
			return flaw
		}
		return flawOfOption(key, value)
	}
	if strings.HasPrefix(key, remotePrefix) {
		return flawOfOption(key, value)
	}
	if isVariable(key) || !strings.Contains(strings.TrimSuffix(value, "\n"), "\n") {
		return checkLine(value)
	}
	return ""
}

const inQuotes = "is in quotes, which belong to the value; remove them"

// flawOfKeys is about keys of S3.
func flawOfKeys(field, variable, value string) string {
	switch {
	case quoted(value):
		return inQuotes
	case field == secretAccessKey && keyID().MatchString(value):
		return "looks like an access key ID; the two may be swapped"
	case field == accessKeyID && strings.HasPrefix(value, "ASIA") && keyID().MatchString(value) && !strings.HasPrefix(variable, remotePrefix):
		return "belongs to temporary keys, and the kfserving storage initializer reads no session token"
	}
	return ""
}

// isTemplate reports whether other programs are yet to fill in a value.
func isTemplate(value string) bool {
	return strings.Contains(value, "${") || strings.Contains(value, "{{") || strings.Contains(value, "$(")
}

// isVariable reports whether a key looks like a variable of the environment.
func isVariable(key string) bool {
	return key == strings.ToUpper(key) && !strings.ContainsAny(key, ".-")
}

// variableTable has the fields that variables of the environment hold, and those
// that are options of rclone remotes.
type variableTable struct{ variables, options map[string]Field }

var variableFields = sync.OnceValue(func() variableTable {
	t := variableTable{variables: map[string]Field{}, options: map[string]Field{}}
	for _, p := range Providers() {
		for _, f := range p.Fields {
			if f.Option != "" {
				t.options[f.Option] = f
			}
			for _, name := range f.Variables {
				// The variable of a file holds its path.
				if !f.File {
					t.variables[name] = f
				}
			}
		}
	}
	return t
})

// fieldOf returns the field that a variable of the environment holds.
func fieldOf(variable string) (Field, bool) {
	table := variableFields()
	if f, ok := table.variables[variable]; ok {
		return f, true
	}
	if f, ok := attachedField(variable); ok {
		return f, true
	}
	rest, ok := strings.CutPrefix(variable, remotePrefix)
	// Names of remotes and of options have underscores: the longest option counts.
	for ok {
		if _, rest, ok = strings.Cut(rest, "_"); ok {
			if f, known := table.options[rest]; known {
				return f, true
			}
		}
	}
	return Field{}, false
}

// attachedField returns the field that a key of a ServiceAccount's Secret holds.
// Operators may have other names for the keys, which say the same as a rule.
func attachedField(key string) (Field, bool) {
	words := strings.ToLower(strings.NewReplacer("_", "", "-", "", ".", "").Replace(key))
	for _, name := range []string{accessKeyID, secretAccessKey} {
		if !isVariable(key) && strings.HasSuffix(words, strings.ReplaceAll(name, "-", "")) {
			return Field{Name: name}, true
		}
	}
	return Field{}, false
}
