package secrets

import (
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/validation"
	content "k8s.io/apimachinery/pkg/util/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
)

// check validates what becomes metadata and keys, as Kubernetes does.
func (r *Request) check() finding.List {
	var out finding.List
	fault := func(what, name string, problems []string) {
		if len(problems) > 0 {
			out = append(out, objectFault(what, name, problems))
		}
	}
	if r.Name == "" {
		out = append(out, finding.New(finding.CredentialObject, nil, "the Secret has no name"))
	} else {
		fault("name", r.Name, content.IsDNS1123Subdomain(r.Name))
	}
	if r.Namespace != "" {
		fault("namespace", r.Namespace, content.IsDNS1123Label(r.Namespace))
	}
	if r.ServiceAccount != "" {
		fault("ServiceAccount", r.ServiceAccount, content.IsDNS1123Subdomain(r.ServiceAccount))
	}
	for _, key := range []string{r.Keys.S3AccessKeyID, r.Keys.S3SecretAccessKey, r.Keys.GCSFile} {
		if key != "" {
			fault("key", key, content.IsConfigMapKey(key))
		}
	}
	if p := r.AnnotationPrefix; p != "" && p != AnnotationPrefix && p != AnnotationPrefixKubeflow {
		out = append(out, finding.New(finding.CredentialObject, nil, "the operator does not read annotations with the prefix %q", p).
			WithHint("use %s or %s", AnnotationPrefix, AnnotationPrefixKubeflow))
	}
	return append(out, checkMetadata(r.Labels, r.Annotations)...)
}

func objectFault(what, name string, problems []string) finding.Finding {
	return finding.New(finding.CredentialObject, nil, "%s %q: %s", what, name, strings.Join(problems, "; "))
}

func checkMetadata(labels, annotations map[string]string) finding.List {
	var out finding.List
	for _, key := range slices.Sorted(maps.Keys(labels)) {
		problems := append(content.IsQualifiedName(key), content.IsValidLabelValue(labels[key])...)
		if len(problems) > 0 {
			out = append(out, objectFault("label", key, problems))
		}
	}
	for _, err := range validation.ValidateAnnotations(annotations, field.NewPath("annotations")) {
		out = append(out, finding.New(finding.CredentialObject, nil, "annotation: %s", err.ErrorBody()))
	}
	return out
}
