package render

import (
	"fmt"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

const (
	hpaV2Beta1 = "autoscaling/v2beta1"
	hpaV2Beta2 = "autoscaling/v2beta2"
	hpaV2      = "autoscaling/v2"
	pdbV1Beta1 = "policy/v1beta1"
	pdbV1      = "policy/v1"
)

// KubeVersion is the version of the cluster that the objects are for. Its zero
// value means a current one.
type KubeVersion struct {
	Major, Minor int
}

// ParseKubeVersion reads versions as kubectl and Helm print them: 1.27, v1.27.3,
// v1.27.3+k3s1. Empty and current mean a current cluster.
func ParseKubeVersion(s string) (KubeVersion, error) {
	if s == "" || s == "current" {
		return KubeVersion{}, nil
	}
	major, rest, ok := strings.Cut(strings.TrimPrefix(s, "v"), ".")
	minor := rest[:len(rest)-len(strings.TrimLeft(rest, "0123456789"))]
	v := KubeVersion{}
	var err1, err2 error
	v.Major, err1 = strconv.Atoi(major)
	v.Minor, err2 = strconv.Atoi(minor)
	after := strings.TrimPrefix(rest, minor)
	if !ok || err1 != nil || err2 != nil || v.Major < 1 || after != "" && !strings.ContainsAny(after[:1], ".+-") {
		return KubeVersion{}, fmt.Errorf("invalid Kubernetes version %q: use a version such as 1.27 or v1.27.3, or current", s)
	}
	return v, nil
}

// newestKube is the newest version whose APIs are known: that of k8s.io/api. The
// oldest is the first to serve all that is rendered.
func newestKube() KubeVersion { return KubeVersion{1, 37} }
func oldestKube() KubeVersion { return KubeVersion{1, 12} }

// check tells of versions that API versions cannot be chosen for.
func (v KubeVersion) check() finding.List {
	newest, oldest := newestKube(), oldestKube()
	switch {
	case !v.atLeast(oldest.Major, oldest.Minor):
		return finding.List{finding.New(finding.UnknownKubeVersion, nil, "Kubernetes %s does not serve all that is rendered; the oldest version that does is %s", v, oldest).
			WithHint("check the version, and put it in quotes where it is YAML: there 1.30 is the number 1.3")}
	case v != KubeVersion{} && v != newest && v.atLeast(newest.Major, newest.Minor):
		return finding.List{finding.New(finding.UnknownKubeVersion, nil, "Kubernetes %s is not known; the newest version that is known is %s, and API versions are those that it serves", v, newest).
			WithHint("check the version, or leave it out: current clusters are assumed then")}
	}
	return nil
}

// String returns the version as major.minor, or "current".
func (v KubeVersion) String() string {
	if v == (KubeVersion{}) {
		return "current"
	}
	return strconv.Itoa(v.Major) + "." + strconv.Itoa(v.Minor)
}

// atLeast reports whether the cluster is of that version or a later one.
func (v KubeVersion) atLeast(major, minor int) bool {
	return v == KubeVersion{} || v.Major > major || v.Major == major && v.Minor >= minor
}

// hpaVersion is the version to write a HorizontalPodAutoscaler in: the
// operator's own where the cluster serves it, else the nearest that it does.
func (p *subject) hpaVersion() string {
	kube := p.r.config.KubeVersion
	if p.release.Scaling.HPA == release.HPAv2beta1 && !kube.atLeast(1, 25) {
		return hpaV2Beta1
	}
	if !kube.atLeast(1, 23) {
		return hpaV2Beta2
	}
	return hpaV2
}

// pdbVersion is the version to write a PodDisruptionBudget in.
func (p *subject) pdbVersion() string {
	kube := p.r.config.KubeVersion
	if p.release.Scaling.PDB == release.PDBv1beta1 && !kube.atLeast(1, 25) || !kube.atLeast(1, 21) {
		return pdbV1Beta1
	}
	return pdbV1
}

func resourceName(s string) corev1.ResourceName { return corev1.ResourceName(s) }
