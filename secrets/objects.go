package secrets

import (
	"cmp"
	"maps"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// secret writes the Secret as kubectl create secret generic does. It has no
// type, which a cluster takes for Opaque.
func (d *draft) secret() *corev1.Secret {
	s := &corev1.Secret{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "Secret"},
		ObjectMeta: d.meta(d.request.Name, d.annotations),
	}
	if d.request.Immutable {
		s.Immutable = new(true)
	}
	if d.request.StringData {
		s.StringData = d.data
		return s
	}
	s.Data = make(map[string][]byte, len(d.data))
	for key, value := range d.data {
		// Not nil where empty: that would be null, which a reader takes for absent.
		s.Data[key] = append([]byte{}, value...)
	}
	return s
}

// serviceAccount returns the account that goes with the Secret, or nil.
func (d *draft) serviceAccount() *corev1.ServiceAccount {
	if d.account == nil {
		return nil
	}
	a := &corev1.ServiceAccount{
		TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: "ServiceAccount"},
		ObjectMeta: d.meta(cmp.Or(d.request.ServiceAccount, d.request.Name), d.account.annotations),
	}
	if d.account.attached {
		a.Secrets = []corev1.ObjectReference{{Name: d.request.Name}}
	}
	return a
}

func (d *draft) meta(name string, own map[string]string) metav1.ObjectMeta {
	m := metav1.ObjectMeta{Name: name, Namespace: d.request.Namespace}
	if len(d.request.Labels) > 0 {
		m.Labels = maps.Clone(d.request.Labels)
	}
	if len(own)+len(d.request.Annotations) > 0 {
		m.Annotations = make(map[string]string, len(own)+len(d.request.Annotations))
		maps.Copy(m.Annotations, own)
		maps.Copy(m.Annotations, d.request.Annotations)
	}
	return m
}

// typeMeta stands in for that of Kubernetes' types, which write the kind first.
type typeMeta struct {
	APIVersion string `json:"apiVersion"`
	Kind       string `json:"kind"`
}

type orderedSecret struct {
	typeMeta
	*corev1.Secret
}

type orderedServiceAccount struct {
	typeMeta
	*corev1.ServiceAccount
}
