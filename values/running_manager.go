package values

import (
	"maps"
	"strconv"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// installEnv takes the manager's environment from a Deployment. What the
// Deployment does not set is not set, whatever the chart's default; values of
// the user's that touch the same key win.
func (l *loader) installEnv(file string, c *container) finding.List {
	var list finding.List
	l.installed = map[string]variable{}
	for _, row := range l.release.Variables {
		l.installed[row.Name] = variable{origin: Origin{FromOperator, finding.Position{File: file}}}
	}
	for i, e := range c.Env {
		row, ok := l.release.Variable(e.Name)
		if !ok {
			continue
		}
		origin := Origin{FromOperator, finding.Position{File: file, Line: e.Value.Line, Column: e.Value.Column}}
		if !e.ValueFrom.IsZero() {
			origin.Pos.Line, origin.Pos.Column = e.ValueFrom.Line, e.ValueFrom.Column
			list = append(list, finding.New(finding.OperatorFileReference, field.NewPath("env").Index(i).Child("valueFrom"),
				"%s has no text in the file; the chart's default is used", e.Name).At(origin.Pos).
				WithHint("set seldonctl.operator.%s in a values file", e.Name))
			delete(l.installed, e.Name)
			continue
		}
		l.installed[e.Name] = variable{text: e.Value.Value, set: true, origin: origin}
		l.installKey(row, e.Value.Value, origin)
	}
	return list
}

// installKey shows a variable's text at its chart key, where the chart could
// have made it from one.
func (l *loader) installKey(row release.Variable, text string, origin Origin) {
	switch {
	case row.Key == "":
	case row.Image:
		registry, rest, slash := strings.Cut(text, "/")
		repository, tag := splitTag(rest)
		if !slash || tag == "" {
			return
		}
		// A digest stays: the chart puts the parts together again.
		tag = rest[len(repository)+1:]
		for key, part := range map[string]string{".registry": registry, ".repository": repository, ".tag": tag} {
			l.base = l.base.with(row.Key+key, &entry{scalar: part, origin: origin})
		}
	default:
		l.base = l.base.with(row.Key, &entry{scalar: typed(text, l.defaults.at(row.Key)), origin: origin})
	}
}

// typed returns text as the kind of scalar that the chart has at the key, if
// that prints as the very same text.
func typed(text string, like *entry) any {
	if like == nil {
		return text
	}
	switch like.scalar.(type) {
	case bool:
		if text == "true" || text == "false" {
			return text == "true"
		}
	case float64:
		n, err := strconv.ParseInt(text, 10, 64)
		if err == nil && -exponentMinimum < n && n < exponentMinimum && strconv.FormatInt(n, 10) == text {
			return float64(n)
		}
	}
	return text
}

// fromInstallation returns what the running operator has for a variable, unless
// the user's values touch its key.
func (l *loader) fromInstallation(row release.Variable) (variable, bool) {
	x, ok := l.installed[row.Name]
	if !ok || (row.Key != "" && l.touched(row)) {
		return variable{}, false
	}
	return x, true
}

// touched reports whether values files or flags say anything at a row's key.
func (l *loader) touched(row release.Variable) bool {
	keys := []string{row.Key}
	if row.Image {
		keys = []string{row.Key + ".registry", row.Key + ".repository", row.Key + ".tag"}
	}
	for _, key := range keys {
		if last, _, whole := l.user.reach(key); whole || !last.isMap() {
			return true
		}
	}
	return false
}

// with returns the map with another entry at a dotted key; what lies beside it
// is shared.
func (e *entry) with(key string, value *entry) *entry {
	out := newMap(Origin{Source: Default})
	if e.isMap() {
		maps.Copy(out.fields, e.fields)
		out.origin = e.origin
	}
	first, rest, more := strings.Cut(key, ".")
	if more {
		value = out.fields[first].with(rest, value)
	}
	out.fields[first] = value
	return out
}

// without returns the map without a key.
func (e *entry) without(key string) *entry {
	out := &entry{fields: maps.Clone(e.fields), origin: e.origin}
	delete(out.fields, key)
	return out
}
