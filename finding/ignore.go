package finding

import (
	"fmt"
	"slices"
	"strings"
)

// IgnoreAnnotation is the annotation of an object's metadata that names the
// warnings and notes to leave out about it, with the reason:
//
//	seldonctl.io/ignore: "SDC533, SDC542: the sidecar is our mesh"
//
// Further lines are further entries.
const IgnoreAnnotation = "seldonctl.io/ignore"

// Ignored are the codes that an object leaves out.
type Ignored []Code

// ParseIgnored reads the text of [IgnoreAnnotation]. Entries that cannot be used
// are returned as errors and ignore nothing.
func ParseIgnored(text string) (Ignored, []error) {
	var ignored Ignored
	var faults []error
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		words, reason, _ := strings.Cut(line, ":")
		if strings.TrimSpace(reason) == "" {
			faults = append(faults, fmt.Errorf("%q has no reason", line))
			continue
		}
		for word := range strings.SplitSeq(words, ",") {
			code, err := ParseIgnorable(strings.TrimSpace(word))
			if err != nil {
				faults = append(faults, err)
				continue
			}
			ignored = append(ignored, code)
		}
	}
	return ignored, faults
}

// Drop returns the findings without those that are ignored. Errors stay.
func (i Ignored) Drop(l List) List {
	if len(i) == 0 {
		return l
	}
	return slices.DeleteFunc(l, func(f Finding) bool { return f.Severity != Error && slices.Contains(i, f.Code) })
}
