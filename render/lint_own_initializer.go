package render

import (
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
)

// initializerSuffix ends the name of a storage initializer, after that of the
// container it fetches for.
const initializerSuffix = "-model-initializer"

// sourceInitContainers are the init containers that the user wrote for a pod.
func (l *inspector) sourceInitContainers(w *workload) []corev1.Container {
	specs := l.source.Spec.Predictors[w.origin.pred.index].ComponentSpecs
	if j := w.origin.component; j >= 0 && j < len(specs) && specs[j] != nil {
		return specs[j].Spec.InitContainers
	}
	return nil
}

// lintOwnInitializer looks at an init container of the user's that takes the
// place of the operator's: the operator adds no mount, no argument and no
// credential to it (docs/behaviour/core.md, 9.3).
func (l *inspector) lintOwnInitializer(w *workload, name, volume string, m modelSource) {
	own := l.sourceInitContainers(w)
	k := slices.IndexFunc(own, func(c corev1.Container) bool { return c.Name == name })
	if k < 0 {
		return
	}
	c, path := &own[k], podPath(w).Child("initContainers").Index(k)
	if !slices.ContainsFunc(c.VolumeMounts, func(v corev1.VolumeMount) bool { return v.Name == volume }) {
		l.tell(finding.OwnInitializer, path.Child("volumeMounts"), "mount it at "+modelPath,
			"init container %q replaces the storage initializer and does not mount volume %q, which the model is read from", name, volume)
	}
	if !slices.Contains(c.Args, m.uri) && !slices.Contains(c.Command, m.uri) {
		l.tell(finding.OwnInitializer, m.path.Child("modelUri"), "give both the same URI",
			"the modelUri is not among the arguments of init container %q, which replaces the storage initializer and fetches what its arguments say", name)
	}
	if secret := m.envSecret; secret != "" && !slices.ContainsFunc(c.EnvFrom, func(e corev1.EnvFromSource) bool {
		return e.SecretRef != nil && e.SecretRef.Name == secret
	}) {
		l.tell(finding.OwnInitializer, m.path.Child("envSecretRefName"), "add it to the init container's envFrom",
			"envSecretRefName is ignored: init container %q replaces the storage initializer and does not have the Secret", name)
	}
}

// lintInitializerNames looks for init containers that are likely meant to take
// the place of the operator's and have another name.
func (l *inspector) lintInitializerNames(w *workload) {
	own := l.sourceInitContainers(w)
	var alike []int
	for k := range own {
		if name := own[k].Name; name == strings.TrimPrefix(initializerSuffix, "-") || name == "storage-initializer" {
			alike = append(alike, k)
		}
	}
	if len(alike) == 0 || len(alike) > maxCompared {
		return
	}
	for _, added := range w.pod().InitContainers[len(own):] {
		for _, k := range alike {
			l.tell(finding.OwnInitializer, podPath(w).Child("initContainers").Index(k).Child("name"),
				fmt.Sprintf("did you mean %q? Rename it if it is to fetch the model", added.Name), "init container %q runs before the operator's own", own[k].Name)
		}
	}
}
