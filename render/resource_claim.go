package render

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/manifest"
)

// encodePodResourceClaim writes a claim as Kubernetes 1.28 has it, the only types of
// a release that know claims (docs/behaviour/releases.md, 4).
func encodePodResourceClaim(e manifest.Encoder, v *corev1.PodResourceClaim) {
	e.BeginMap()
	e.Field("name")
	e.Text(v.Name)
	e.Field("source")
	e.BeginMap()
	if v.ResourceClaimName != nil {
		e.Field("resourceClaimName")
		e.Text(*v.ResourceClaimName)
	}
	if v.ResourceClaimTemplateName != nil {
		e.Field("resourceClaimTemplateName")
		e.Text(*v.ResourceClaimTemplateName)
	}
	e.EndMap()
	e.EndMap()
}
