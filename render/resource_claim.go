package render

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/manifest"
)

// encodePodResourceClaim writes a claim as Kubernetes 1.28 has it, the only types of
// a release that know claims (docs/behaviour/releases.md, 4).
func encodePodResourceClaim(e manifest.Encoder, name string, v *corev1.PodResourceClaim) {
	beginMap(e, name)
	putText(e, "name", v.Name)
	beginMap(e, "source")
	putTextAt(e, "resourceClaimName", v.ResourceClaimName)
	putTextAt(e, "resourceClaimTemplateName", v.ResourceClaimTemplateName)
	e.EndMap()
	e.EndMap()
}
