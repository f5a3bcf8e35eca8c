package render

import (
	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/seldon"
)

// maxCopied is how many bytes of labels, annotations and names may be copied. That
// is a hundred times what a cluster keeps of an object, and the only thing of which
// more is written than was read.
const maxCopied = 16 << 20

// maxRepeated is how many containers of a component spec may have a name that
// another has: the operator completes the first of them again for each.
const maxRepeated = 100

// refuseCopies reports a SeldonDeployment of which far more would be written than
// was read, and whether it did: labels and annotations are copied to all objects,
// and containers of one name completed one for the other.
func (l *inspector) refuseCopies() bool {
	spec := &l.source.Spec
	shared, copied := mapSize(spec.Annotations), 0
	for i := range spec.Predictors {
		pred := &spec.Predictors[i]
		for j, cs := range pred.ComponentSpecs {
			if n := countRepeated(cs); n > maxRepeated {
				l.tell(finding.TooLarge, componentPath(i, j).Child("spec", "containers"), "give each container a name of its own",
					"%d containers have the name of another; at most %d are rendered", n, maxRepeated)
				return true
			}
		}
		// The orchestrator and the explainer may have pods of their own.
		pods := len(pred.ComponentSpecs) + 2
		objects := pods + countParts(pred)
		copied += shared*pods + (mapSize(pred.Annotations)+mapSize(pred.Labels)+len(pred.Name))*objects
	}
	if copied <= maxCopied {
		return false
	}
	l.tell(finding.TooLarge, specPath, "split the SeldonDeployment, or make its annotations and labels fewer",
		"the operator would copy its annotations and labels to so many objects that they have %d MiB; at most %d MiB are rendered", copied>>20, maxCopied>>20)
	return true
}

// countRepeated returns how many containers have the name of one before them.
func countRepeated(cs *seldon.ComponentSpec) int {
	if cs == nil || len(cs.Spec.Containers) <= maxRepeated {
		return 0
	}
	names := map[string]bool{}
	for k := range cs.Spec.Containers {
		names[cs.Spec.Containers[k].Name] = true
	}
	return len(cs.Spec.Containers) - len(names)
}

// mapSize is about what a map takes when it is written.
func mapSize(m map[string]string) int {
	const entry = 32
	size := len(m) * entry
	for key, value := range m {
		size += len(key) + len(value)
	}
	return size
}
