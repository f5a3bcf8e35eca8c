package render

import (
	"iter"
	"slices"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// lintLabels looks for keys and values of the user's labels and annotations
// that the API server refuses.
func (l *inspector) lintLabels() {
	if own := l.source.Spec.Annotations; len(own) > 0 {
		l.lintAnnotationKeys(own, specPath)
	}
	for i := range l.source.Spec.Predictors {
		pred := &l.source.Spec.Predictors[i]
		if len(pred.Labels)+len(pred.Annotations) > 0 {
			l.lintLabelMap(pred.Labels, predictorPath(i))
			l.lintAnnotationKeys(pred.Annotations, predictorPath(i))
		}
		if _, ok := pred.Labels[seldon.LabelVersion]; !ok && len(pred.Name) > maxName {
			l.tell(finding.IllegalLabel, predictorPath(i).Child("name"), "shorten it, or set the label "+seldon.LabelVersion,
				"the predictor's name becomes a label value, which has at most %d characters, not %d", maxName, len(pred.Name))
		}
		for j, cs := range pred.ComponentSpecs {
			if cs != nil && len(cs.Metadata.Labels)+len(cs.Metadata.Annotations) > 0 {
				l.lintLabelMap(cs.Metadata.Labels, componentPath(i, j).Child("metadata"))
				l.lintAnnotationKeys(cs.Metadata.Annotations, componentPath(i, j).Child("metadata"))
			}
		}
	}
}

func (l *inspector) lintLabelMap(labels map[string]string, path *field.Path) {
	for key, value := range wrongEntries(labels, func(key, value string) bool { return isLabelKey(key) && isLabelValue(value) }) {
		at := path.Child("labels").Key(key)
		if !isLabelKey(key) {
			l.tell(finding.IllegalLabel, at, "", "invalid label key %q", key)
		} else {
			l.tell(finding.IllegalLabel, at, "", "invalid label value %q", value)
		}
	}
}

func (l *inspector) lintAnnotationKeys(annotations map[string]string, path *field.Path) {
	for key := range wrongEntries(annotations, func(key, _ string) bool { return isAnnotationKey(key) }) {
		l.tell(finding.IllegalAnnotation, path.Child("annotations").Key(key), "", "invalid annotation key %q", key)
	}
}

// wrongEntries yields the entries that are not right, in the order of their keys.
func wrongEntries(m map[string]string, right func(key, value string) bool) iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		var wrong []string
		for key, value := range m {
			if !right(key, value) {
				wrong = append(wrong, key)
			}
		}
		slices.Sort(wrong)
		for _, key := range wrong {
			if !yield(key, m[key]) {
				return
			}
		}
	}
}

// maxAnnotations is how many bytes keys and values of an object's annotations
// may have in all.
const maxAnnotations = 256 << 10

// lintSelectors looks at labels and annotations of Deployments as they became.
func (l *inspector) lintSelectors() {
	for _, w := range l.deployments {
		pred, template := w.origin.pred, &w.Spec.Template
		for key, value := range wrongEntries(w.Spec.Selector.MatchLabels, func(key, value string) bool { return template.Labels[key] == value }) {
			l.tell(finding.SelectorMismatch, l.labelPath(w, key), "remove the label",
				"Deployment %q selects pods with label %s=%s, but its own pods have %q", w.Metadata.Name, key, value, template.Labels[key])
		}
		if l.release.Pods.PredictorAnnotations == release.AnnotationValuesAsKeys && w.Metadata.Labels[seldon.LabelContainsSvcOrch] != "" && !l.separate {
			for key, value := range wrongEntries(pred.Annotations, func(_, value string) bool { return isAnnotationKey(value) }) {
				l.tell(finding.IllegalAnnotation, pred.path.Child("annotations").Key(key), "move it to spec.annotations",
					"the operator of Seldon Core %s uses the value %q as an annotation key, which is invalid", l.release.Version, value)
			}
		}
		size := 0
		for key, value := range template.Annotations {
			size += len(key) + len(value)
		}
		if size > maxAnnotations {
			l.tell(finding.IllegalAnnotation, pred.path, "", "the annotations of Deployment %q have %d bytes; at most %d are allowed", w.Metadata.Name, size, maxAnnotations)
		}
		if l.release.Pods.ServiceLabel == release.ServiceLabelPerContainer {
			l.lintServiceLabels(w)
		}
	}
}

// lintServiceLabels looks for container names that are too long for the key of
// a label (docs/behaviour/differences.md, 6).
func (l *inspector) lintServiceLabels(w *workload) {
	const prefix = seldon.LabelContainerService + "-"
	for k := range w.pod().Containers {
		name := w.pod().Containers[k].Name
		if _, ok := w.Spec.Selector.MatchLabels[prefix+name]; ok && len(prefix+name) > maxName {
			l.tell(finding.IllegalLabel, l.unitNamePath(w.origin.pred, name), "",
				"invalid label key %s: a unit's container name has at most %d characters, not %d",
				prefix+name, maxName-len(prefix), len(name))
		}
	}
}

// labelPath is where a label of a Deployment's pods comes from.
func (l *inspector) labelPath(w *workload, key string) *field.Path {
	pred := w.origin.pred
	if j := w.origin.component; j >= 0 {
		if _, ok := pred.ComponentSpecs[j].Metadata.Labels[key]; ok {
			return componentPath(pred.index, j).Child("metadata", "labels").Key(key)
		}
	}
	return pred.path.Child("labels").Key(key)
}
