package source

import corev1 "k8s.io/api/core/v1"

// resourceClaim is a claim of a pod as Kubernetes 1.28 has it, the only types of a
// release that know claims (docs/behaviour/releases.md, 4).
type resourceClaim struct {
	Name   string              `json:"name"`
	Source resourceClaimSource `json:"source"`
}

type resourceClaimSource struct {
	ResourceClaimName         *string `json:"resourceClaimName"`
	ResourceClaimTemplateName *string `json:"resourceClaimTemplateName"`
}

// today returns the claim in the type of our Kubernetes; package render writes
// it as it was.
func (c resourceClaim) today() corev1.PodResourceClaim {
	return corev1.PodResourceClaim{Name: c.Name, ResourceClaimName: c.Source.ResourceClaimName, ResourceClaimTemplateName: c.Source.ResourceClaimTemplateName}
}
