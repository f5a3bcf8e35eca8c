package manifest

import (
	"cmp"
	"slices"
)

// Rank is an object's place in the output; lower ranks come first.
type Rank uint8

// Passed is the rank of documents that are passed through: before all that is
// rendered, because it may refer to them.
const Passed Rank = 0

// kindOrder lists kinds in the order kubectl apply likes: what others refer to or
// live in comes first. Kinds on one line have the same rank.
var kindOrder = [...][]string{
	{"Namespace"},
	{"NetworkPolicy", "ResourceQuota", "LimitRange", "PriorityClass"},
	{"ServiceAccount"},
	{"Secret"},
	{"ConfigMap"},
	{"StorageClass", "PersistentVolume"},
	{"PersistentVolumeClaim"},
	{"CustomResourceDefinition"},
	{"ClusterRole", "Role"},
	{"ClusterRoleBinding", "RoleBinding"},
	{"Service"},
	{"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Pod", "Job", "CronJob"},
	{"HorizontalPodAutoscaler", "ScaledObject"},
	{"PodDisruptionBudget"},
	{"TLSContext"},
	{"Mapping"},
	{"DestinationRule"},
	{"VirtualService", "Gateway", "Ingress"},
}

// RankOf returns the rank of rendered objects of a kind. Kinds that are not known
// come last.
func RankOf(kind string) Rank {
	for i, kinds := range kindOrder {
		if slices.Contains(kinds, kind) {
			return Rank(i + 1)
		}
	}
	return Rank(len(kindOrder) + 1)
}

// Sort puts rendered objects in the order of an output. Objects of the same rank
// keep theirs.
func Sort(objects []Object) {
	slices.SortStableFunc(objects, func(a, b Object) int {
		return cmp.Compare(RankOf(a.Kind), RankOf(b.Kind))
	})
}
