package render

import (
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/values"
)

// credentialSettings are the names of keys that make a Secret a credential
// (docs/behaviour/core.md, 10).
type credentialSettings struct {
	accessKeyID, secretAccessKey, gcsFile string
	s3Endpoint, s3UseHTTPS                string
}

func newCredentialSettings(v *values.Values) credentialSettings {
	config, _ := v.Config("credentials")
	or := func(s, fallback string) string {
		if s == "" {
			return fallback
		}
		return s
	}
	return credentialSettings{
		accessKeyID:     or(stringAt(config, "s3", "s3AccessKeyIDName"), "awsAccessKeyID"),
		secretAccessKey: or(stringAt(config, "s3", "s3SecretAccessKeyName"), "awsSecretAccessKey"),
		gcsFile:         or(stringAt(config, "gcs", "gcsCredentialFileName"), "gcloud-application-credentials.json"),
		s3Endpoint:      stringAt(config, "s3", "s3Endpoint"),
		s3UseHTTPS:      stringAt(config, "s3", "s3UseHttps"),
	}
}

const (
	gcsVolume = "user-gcp-sa"
	gcsPath   = "/var/secrets/"
)

// addCredentials gives the storage initializer what the Secrets of its service
// account hold (docs/behaviour/core.md, 10).
func (p *plan) addCredentials(pod *corev1.PodSpec, init *corev1.Container, m modelSource) {
	account := m.serviceAccount
	if account == "" {
		account = pod.ServiceAccountName
	}
	if account == "" {
		account = "default"
	}
	p.useServiceAccount(account)
	if !p.configRead("credentials") {
		return
	}
	refs := &p.r.config.References
	names, _ := refs.serviceAccount(p.namespace, account)
	for _, name := range names {
		secret, ok := refs.secret(p.namespace, name)
		if !ok {
			continue
		}
		s := &p.r.settings.credentials
		switch {
		case secret.Has(s.secretAccessKey):
			init.Env = append(init.Env, s.s3(name, secret.Annotations)...)
		case secret.Has(s.gcsFile):
			addGCS(pod, init, name, s.gcsFile)
		}
	}
}

// s3 are the variables for an S3 Secret (docs/behaviour/core.md, 10.1).
func (s *credentialSettings) s3(secret string, annotations map[string]string) []corev1.EnvVar {
	fromSecret := func(name, key string) corev1.EnvVar {
		return corev1.EnvVar{Name: name, ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{
			LocalObjectReference: corev1.LocalObjectReference{Name: secret}, Key: key,
		}}}
	}
	env := []corev1.EnvVar{
		fromSecret("AWS_ACCESS_KEY_ID", s.accessKeyID),
		fromSecret("AWS_SECRET_ACCESS_KEY", s.secretAccessKey),
	}
	if endpoint, ok := s3Annotation(annotations, "s3-endpoint"); ok {
		useHTTPS, given := s3Annotation(annotations, "s3-usehttps")
		if given {
			env = append(env, corev1.EnvVar{Name: "S3_USE_HTTPS", Value: useHTTPS})
		}
		env = append(env, s3Endpoint(endpoint, useHTTPS)...)
	} else if s.s3Endpoint != "" {
		if s.s3UseHTTPS == "0" {
			env = append(env, corev1.EnvVar{Name: "S3_USE_HTTPS", Value: "0"})
		}
		env = append(env, s3Endpoint(s.s3Endpoint, s.s3UseHTTPS)...)
	}
	if region, ok := s3Annotation(annotations, "s3-region"); ok {
		env = append(env, corev1.EnvVar{Name: "AWS_REGION", Value: region})
	}
	if verify, ok := s3Annotation(annotations, "s3-verifyssl"); ok {
		env = append(env, corev1.EnvVar{Name: "S3_VERIFY_SSL", Value: verify})
	}
	return env
}

func s3Endpoint(endpoint, useHTTPS string) []corev1.EnvVar {
	scheme := "https://"
	if useHTTPS == "0" {
		scheme = "http://"
	}
	return []corev1.EnvVar{
		{Name: "S3_ENDPOINT", Value: endpoint},
		{Name: "AWS_ENDPOINT_URL", Value: scheme + endpoint},
	}
}

// s3Annotation returns an annotation of an S3 Secret under either of its two
// prefixes.
func s3Annotation(annotations map[string]string, name string) (string, bool) {
	if value, ok := annotations["machinelearning.seldon.io/"+name]; ok {
		return value, true
	}
	value, ok := annotations["serving.kubeflow.org/"+name]
	return value, ok
}

// addGCS mounts a Google key file (docs/behaviour/core.md, 10.2).
func addGCS(pod *corev1.PodSpec, init *corev1.Container, secret, file string) {
	pod.Volumes = append(pod.Volumes, corev1.Volume{Name: gcsVolume, VolumeSource: corev1.VolumeSource{
		Secret: &corev1.SecretVolumeSource{SecretName: secret},
	}})
	init.VolumeMounts = append(init.VolumeMounts, corev1.VolumeMount{Name: gcsVolume, MountPath: gcsPath, ReadOnly: true})
	init.Env = append(init.Env, corev1.EnvVar{Name: "GOOGLE_APPLICATION_CREDENTIALS", Value: gcsPath + file})
}
