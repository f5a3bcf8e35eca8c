package run

import (
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
)

// unrelated leaves out the findings that may well be due to a part that could
// not be read: those about a mapping that lacks it, about all above it, about
// what would be below it, and about a field that is there and misspelt.
func unrelated(findings, faults finding.List) finding.List {
	return slices.DeleteFunc(findings, func(f finding.Finding) bool {
		path := f.Path.String()
		return slices.ContainsFunc(faults, func(fault finding.Finding) bool {
			if fault.Severity != finding.Error {
				return false
			}
			b := fault.Path.String()
			return strings.HasPrefix(b, path) || parent(b) == parent(path) || below(path, b) ||
				misspelt(fault, path) || mentions(f, fault)
		})
	})
}

// required leaves out that a field is missing which is there and misspelt.
func required(faults finding.List) finding.List {
	return slices.DeleteFunc(slices.Clone(faults), func(f finding.Finding) bool {
		return f.Code == finding.MissingField && slices.ContainsFunc(faults, func(fault finding.Finding) bool {
			return misspelt(fault, f.Path.String())
		})
	})
}

// misspelt reports whether a path is at or below a field that an unknown one beside
// it most likely stands for, or belongs to.
func misspelt(fault finding.Finding, path string) bool {
	mapping, name := split(fault)
	rest, ok := strings.CutPrefix("."+path, strings.TrimSuffix("."+mapping, ".")+".")
	if !ok || name == "" {
		return false
	}
	if end := strings.IndexAny(rest, ".["); end >= 0 {
		rest = rest[:end]
	}
	return spelling.Nearest(name, []string{rest}) != "" || strings.Contains(fault.Hint, " belongs to "+rest+":")
}

// mentions reports whether a finding inside the mapping of an unknown field speaks
// of that field: it lacks what the field was to say.
func mentions(f, fault finding.Finding) bool {
	mapping, name := split(fault)
	if name == "" || !below(f.Path.String(), mapping) {
		return false
	}
	words := strings.FieldsFunc(f.Message+" "+f.Hint, func(r rune) bool { return strings.ContainsRune(" ,;:.\"", r) })
	return spelling.Nearest(name, words) != ""
}

// split returns the mapping that an unknown field is in, and its name, which is
// empty for other faults.
func split(fault finding.Finding) (mapping, name string) {
	if fault.Code != finding.UnknownField {
		return "", ""
	}
	path := fault.Path.String()
	mapping = parent(path)
	return mapping, strings.TrimPrefix(path[len(mapping):], ".")
}

// below reports whether a path is inside another.
func below(path, above string) bool {
	rest, ok := strings.CutPrefix(path, above)
	return ok && rest != "" && (rest[0] == '.' || rest[0] == '[')
}

// parent returns the path of the mapping that holds a field.
func parent(path string) string {
	return path[:max(0, strings.LastIndexAny(path, ".["))]
}
