package render

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
)

const (
	certVolume   = "seldon-cert-volume"
	certVariable = "SELDON_CERT_MOUNT_PATH"
)

// certificate is the name of the predictor's certificate Secret, or empty.
func (pred *predictorPlan) certificate() string {
	if pred.SSL == nil {
		return ""
	}
	return pred.SSL.CertSecretName
}

// mountCertificate mounts the predictor's certificate into the pod of the
// graph's root (docs/behaviour/orchestrator-ingress.md, 4).
func (p *plan) mountCertificate(pred *predictorPlan) {
	if pred.certificate() == "" || pred.noEngine {
		return
	}
	_, j := pred.Container(pred.Graph.Name)
	if j < 0 {
		p.tell(finding.CertificateWithoutPod, pred.path.Child("ssl", "certSecretName"), "",
			"the root unit %q has no container to mount the certificate in", pred.Graph.Name)
		return
	}
	p.mountCertificateInto(pred, p.namesake(pred.pods[j]))
}

// mountCertificateInto adds volume, mounts and variables to a pod.
func (p *plan) mountCertificateInto(pred *predictorPlan, w *workload) {
	pod, path := w.pod(), p.r.settings.certMountPath
	pod.Volumes = append(pod.Volumes, corev1.Volume{Name: certVolume, VolumeSource: corev1.VolumeSource{
		Secret: &corev1.SecretVolumeSource{SecretName: pred.certificate()},
	}})
	for k := range pod.Containers {
		c := &pod.Containers[k]
		c.VolumeMounts = append(c.VolumeMounts, corev1.VolumeMount{Name: certVolume, MountPath: path, ReadOnly: true})
	}
	for k := range pod.Containers {
		c := &pod.Containers[k]
		if hasEnv(c.Env, certVariable) {
			// Quirk (docs/behaviour/orchestrator-ingress.md, 4): the containers after it get none.
			return
		}
		c.Env = append(c.Env, corev1.EnvVar{Name: certVariable, Value: path})
	}
}
