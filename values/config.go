package values

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// config returns the operator's ConfigMap: subtrees of the values, or of the
// release's defaults where the manager makes the ConfigMap itself.
func (l *loader) config() map[string]any {
	from := l.merged
	if l.managerMakesConfig() {
		from = l.base
	}
	out := make(map[string]any, len(release.ConfigKeys()))
	l.unquoted = map[string]finding.List{}
	for _, key := range release.ConfigKeys() {
		e, ok := from.fields[key]
		if !ok || e.isNull() {
			continue
		}
		if !e.isMap() {
			l.findings = append(l.findings, finding.New(finding.ValuesWrongKind, field.NewPath(key), "must be a map, not %s", e.kind()).At(e.origin.Pos))
			// The defaults in its place have no faults that follow from this one.
			if usual := l.base.fields[key]; usual != nil {
				out[key] = usual.plain()
			}
			continue
		}
		l.checkLeaves(e, l.base.fields[key], field.NewPath(key))
		out[key] = e.plain()
	}
	return out
}

// managerMakesConfig reports whether the chart leaves the ConfigMap out, and
// warns about values that are lost thereby. The ConfigMap of a running operator
// is what it is, however it was made.
func (l *loader) managerMakesConfig() bool {
	e := l.merged.fields["managerCreateResources"]
	if e == nil || l.installedConfig || (e.scalar != true && e.scalar != "true") {
		return false
	}
	var ignored []string
	for _, key := range release.ConfigKeys() {
		if l.user.fields[key] != nil {
			ignored = append(ignored, key)
		}
	}
	hint := "set managerCreateResources to false to use values of your own for " + strings.Join(release.ConfigKeys(), ", ")
	message := "the manager makes seldon-config from defaults of its own"
	if len(ignored) > 0 {
		message += "; ignored are " + strings.Join(ignored, ", ")
	}
	l.findings = append(l.findings, finding.New(finding.ValuesConfigIgnored, field.NewPath("managerCreateResources"), "%s", message).At(e.origin.Pos).WithHint("%s", hint))
	return true
}

// checkLeaves reports leaves that the chart or the operator breaks on. The
// release's own entry, which may be nil, tells what the operator reads.
func (l *loader) checkLeaves(e, own *entry, path *field.Path) {
	for _, key := range slices.Sorted(maps.Keys(e.fields)) {
		l.checkApostrophe(key, e.fields[key], path.Child(key))
		l.checkLeaf(e.fields[key], own.child(key), path.Child(key))
	}
	for i, item := range e.items {
		l.checkLeaf(item, nil, path.Index(i))
	}
}

func (l *loader) checkLeaf(e, own *entry, path *field.Path) {
	isLeaf := e.fields == nil && e.items == nil
	switch {
	case e.isNull():
	case own.isMap() && !e.isMap():
		l.wrongKind(e, path, "a map", "write its keys below it")
	case !isLeaf && own != nil && !own.isNull() && !own.isMap() && own.items == nil:
		l.wrongKind(e, path, "text", "write a single value")
	case !isLeaf:
		l.checkLeaves(e, own, path)
	default:
		if text, ok := e.scalar.(string); ok {
			l.checkApostrophe(text, e, path)
			return
		}
		l.wrongKind(e, path, "text", quoted(e.scalar))
	}
}

// wrongKind reports an entry of a kind that the operator cannot read: ahead, and
// as an error of whatever needs it.
func (l *loader) wrongKind(e *entry, path *field.Path, want, hint string) {
	top := path.Root().String()
	l.findings = append(l.findings, finding.New(finding.ValuesUnquotedAhead, path,
		"must be %s, not %s: the operator crashes where it needs %s", want, e.kind(), top).At(e.origin.Pos).WithHint("%s", hint))
	l.unquoted[top] = append(l.unquoted[top], finding.New(finding.ValuesUnquoted, nil,
		"setting %s must be %s, not %s: the operator crashes on it", path, want, e.kind()).At(e.origin.Pos).WithHint("%s", hint))
}

func (l *loader) checkApostrophe(text string, e *entry, path *field.Path) {
	if strings.Contains(text, "'") {
		l.findings = append(l.findings, finding.New(finding.ValuesApostrophe, path,
			"has an apostrophe, which breaks the chart's seldon-config").At(e.origin.Pos).WithHint("remove the apostrophe"))
	}
}

// quoted shows an integer or boolean as YAML text. The text of other numbers is
// gone by now: 1.10 has become 1.1.
func quoted(scalar any) string {
	if f, ok := scalar.(float64); ok && f != math.Trunc(f) {
		return "put it between double quotes"
	}
	if f, ok := scalar.(float64); ok {
		scalar = int64(f)
	}
	return fmt.Sprintf(`quote it: "%v"`, scalar)
}
