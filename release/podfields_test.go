package release

import (
	"maps"
	"slices"
	"testing"
)

const core = "k8s.io/api/core/v1."

// testedFields are the fields whose absence differences.md, 1.2 names, and
// neighbours that must stay.
var testedFields = []struct {
	holder, field string
	lack1_18      bool
	lack1_28      bool
}{
	{core + "Container", "resizePolicy", true, false},
	{core + "Container", "restartPolicy", true, false},
	{core + "EphemeralContainerCommon", "resizePolicy", true, false},
	{core + "EphemeralContainerCommon", "restartPolicy", true, false},
	{core + "ProbeHandler", "grpc", true, false},
	{core + "Probe", "terminationGracePeriodSeconds", true, false},
	{core + "ResourceRequirements", "claims", true, false},
	{core + "SecurityContext", "seccompProfile", true, false},
	{core + "PodSecurityContext", "seccompProfile", true, false},
	{core + "WindowsSecurityContextOptions", "hostProcess", true, false},
	{core + "PodSpec", "setHostnameAsFQDN", true, false},
	{core + "PodSpec", "os", true, false},
	{core + "PodSpec", "hostUsers", true, false},
	{core + "PodSpec", "schedulingGates", true, false},
	{core + "PodSpec", "resourceClaims", true, false},
	{core + "TopologySpreadConstraint", "minDomains", true, false},
	{core + "TopologySpreadConstraint", "nodeAffinityPolicy", true, false},
	{core + "TopologySpreadConstraint", "nodeTaintsPolicy", true, false},
	{core + "TopologySpreadConstraint", "matchLabelKeys", true, false},
	{core + "PodAffinityTerm", "namespaceSelector", true, false},
	{core + "PodAffinityTerm", "matchLabelKeys", true, true},
	{core + "VolumeSource", "ephemeral", true, false},
	{core + "VolumeSource", "image", true, true},
	{core + "LifecycleHandler", "sleep", true, true},
	{core + "PersistentVolumeClaimSpec", "dataSourceRef", false, false},
	{core + "PersistentVolumeClaimSpec", "volumeAttributesClassName", false, true},
	{core + "Container", "startupProbe", false, false},
	{core + "PodSpec", "topologySpreadConstraints", false, false},
	{core + "SecretKeySelector", "optional", false, false},
	{"k8s.io/apimachinery/pkg/apis/meta/v1.ObjectMeta", "generateName", false, false},
}

func TestMasksOfKubernetesFields(t *testing.T) {
	t.Parallel()
	for version, mask := range map[string]FieldMask{"1.18": kubernetesFields("1.18"), "1.28": kubernetesFields("1.28")} {
		for _, f := range testedFields {
			want := f.lack1_18
			if version == "1.28" {
				want = f.lack1_28
			}
			if got := slices.Contains(mask[f.holder], f.field); got != want {
				t.Errorf("Kubernetes %s, %s of %s: masked is %t, want %t", version, f.field, f.holder, got, want)
			}
		}
	}
}

func TestEveryFieldUnknownTo1_28IsUnknownTo1_18OrBelowOne(t *testing.T) {
	t.Parallel()
	// These types came after 1.18: 1.18 lacks the fields that lead to them.
	later := map[string]bool{
		core + "GRPCAction":                true,
		core + "PersistentVolumeClaimSpec": true,
		core + "ResourceClaim":             true,
	}
	older := kubernetesFields("1.18")
	for holder, fields := range kubernetesFields("1.28") {
		for _, field := range fields {
			if !later[holder] && !slices.Contains(older[holder], field) {
				t.Errorf("%s of %s is unknown to 1.28 but known to 1.18", field, holder)
			}
		}
	}
}

func TestMergeKeepsTheRowsOfBothMasks(t *testing.T) {
	t.Parallel()
	left := FieldMask{"a": {"x"}, "b": {"y"}}
	right := FieldMask{"b": {"z"}, "c": {"w"}}
	got := left.merge(right)
	want := FieldMask{"a": {"x"}, "b": {"y", "z"}, "c": {"w"}}
	if !maps.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %v, want %v", got, want)
	}
	if len(left["b"]) != 1 || len(right["b"]) != 1 {
		t.Errorf("merge changed its operands: %v, %v", left, right)
	}
}
