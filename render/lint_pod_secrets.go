package render

import (
	"slices"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
	"github.com/seldonctl/seldonctl/seldon"
)

// lintPodSecrets looks for Secrets of pods that are not in the input where one of
// nearly the name is, or one of another namespace or none. Most others are in the
// cluster, so that it is a note.
func (l *inspector) lintPodSecrets() {
	s := podSecrets{inspector: l, looked: map[string]bool{}}
	l.components(func(i, j int, cs *seldon.ComponentSpec) { s.pod(&cs.Spec, componentPath(i, j).Child("spec")) })
}

type podSecrets struct {
	*inspector
	looked map[string]bool
}

func (s podSecrets) pod(pod *corev1.PodSpec, path *field.Path) {
	for i := range pod.ImagePullSecrets {
		s.look(pod.ImagePullSecrets[i].Name, nil, func() *field.Path { return path.Child("imagePullSecrets").Index(i).Child("name") })
	}
	for i := range pod.Volumes {
		at := func() *field.Path { return path.Child("volumes").Index(i) }
		if v := pod.Volumes[i].Secret; v != nil {
			s.look(v.SecretName, v.Optional, func() *field.Path { return at().Child("secret", "secretName") })
		}
		if v := pod.Volumes[i].Projected; v != nil {
			for n := range v.Sources {
				if secret := v.Sources[n].Secret; secret != nil {
					s.look(secret.Name, secret.Optional, func() *field.Path { return at().Child("projected", "sources").Index(n).Child("secret", "name") })
				}
			}
		}
	}
	s.containers(pod.InitContainers, path.Child("initContainers"))
	s.containers(pod.Containers, path.Child("containers"))
}

func (s podSecrets) containers(containers []corev1.Container, path *field.Path) {
	for k := range containers {
		for i := range containers[k].EnvFrom {
			if ref := containers[k].EnvFrom[i].SecretRef; ref != nil {
				s.look(ref.Name, ref.Optional, func() *field.Path { return path.Index(k).Child("envFrom").Index(i).Child("secretRef", "name") })
			}
		}
		for i := range containers[k].Env {
			if from := containers[k].Env[i].ValueFrom; from != nil && from.SecretKeyRef != nil {
				s.key(from.SecretKeyRef, func() *field.Path { return path.Index(k).Child("env").Index(i).Child("valueFrom", "secretKeyRef") })
			}
		}
	}
}

// key looks at a reference to a key.
func (s podSecrets) key(ref *corev1.SecretKeySelector, path func() *field.Path) {
	s.look(ref.Name, ref.Optional, func() *field.Path { return path().Child("name") })
	known, ok := s.r.config.References.secret(s.namespace, ref.Name)
	// Controllers fill in Secrets that have nothing, and a cluster tokens of ServiceAccounts.
	filled := len(known.Keys) == 0 || slices.Contains([]string{corev1.ServiceAccountTokenKey, corev1.ServiceAccountRootCAKey, corev1.ServiceAccountNamespaceKey}, ref.Key)
	if !ok || known.Open || filled || known.Has(ref.Key) || ref.Optional != nil && *ref.Optional || s.full(finding.SecretKeyMissing, finding.Warning) {
		return
	}
	hint := ""
	if meant := spelling.Nearest(ref.Key, known.Keys); meant != "" {
		hint = "did you mean " + meant + "?"
	}
	s.tell(finding.SecretKeyMissing, path().Child("key"), hint, "%s has no key %q: the container does not start", &known, ref.Key)
}

// look looks at a reference, which may be optional.
func (s podSecrets) look(name string, optional *bool, path func() *field.Path) {
	if name == "" || optional != nil && *optional || s.looked[name] || len(s.looked) > maxCompared {
		return
	}
	s.looked[name] = true
	ref := Reference{s.namespace, name}
	if _, ok := s.secretFacts(name); ok {
		return
	}
	references := &s.r.config.References
	if s.hasSecret(Reference{"", name}) {
		s.tellUnknown(finding.SecretNotInInput, path(), ref, s.hasSecret, "")
	} else if meant := references.meant(finding.SecretNotInInput, ref); meant != "" && !references.Incomplete && s.once(finding.SecretNotInInput, nil, "Secret/"+name) {
		s.report(finding.New(finding.SecretNotInInput, path(), "Secret %q not found in the input for namespace %q", name, s.namespace).
			WithHint("%s otherwise make sure that the cluster has it", meant).As(finding.Note))
	}
}
