package render

import (
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// shared are parts that are the same in all objects of a run. Nothing changes
// them: neither rendering, nor a host (see [Result]).
type shared struct {
	// podinfo is the volume with the pod's annotations.
	podinfo corev1.Volume
	// sleepBeforeStop gives callers ten seconds to learn that the pod goes away.
	sleepBeforeStop *corev1.Lifecycle
	// rollingUpdate never takes a pod away before its successor is ready.
	//
	// Quirk (docs/behaviour/core.md, 5): the operator means a percentage and writes 0.
	rollingUpdate *appsv1.RollingUpdateDeployment
}

func newShared() shared {
	return shared{
		podinfo: corev1.Volume{
			Name: podinfoVolume,
			VolumeSource: corev1.VolumeSource{DownwardAPI: &corev1.DownwardAPIVolumeSource{
				DefaultMode: new(corev1.DownwardAPIVolumeSourceDefaultMode),
				Items: []corev1.DownwardAPIVolumeFile{{
					Path:     "annotations",
					FieldRef: &corev1.ObjectFieldSelector{APIVersion: "v1", FieldPath: "metadata.annotations"},
				}},
			}},
		},
		sleepBeforeStop: &corev1.Lifecycle{PreStop: &corev1.LifecycleHandler{
			Exec: &corev1.ExecAction{Command: []string{"/bin/sh", "-c", "/bin/sleep 10"}},
		}},
		rollingUpdate: &appsv1.RollingUpdateDeployment{MaxUnavailable: new(intstr.FromInt32(0))},
	}
}
