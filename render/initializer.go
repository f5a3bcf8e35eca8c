package render

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

const (
	pvcScheme = "pvc://"
	pvcVolume = "kfserving-pvc-source"
	pvcPath   = "/mnt/pvc"
)

// initializerSettings are the settings of the storage initializer
// (docs/behaviour/core.md, 9.5).
type initializerSettings struct {
	image     string
	resources resourceSettings
}

func newInitializerSettings(rel *release.Release, v *values.Values) initializerSettings {
	config, _ := v.Config("storageInitializer")
	q := func(key string) quantity { return parseQuantity("storageInitializer."+key, stringAt(config, key)) }
	s := initializerSettings{
		image:     filled(v, "RELATED_IMAGE_STORAGE_INITIALIZER", stringAt(config, "image")),
		resources: newResourceSettings(q("cpuLimit"), q("memoryLimit"), q("cpuRequest"), q("memoryRequest")),
	}
	if s.image == "" {
		s.image = rel.Storage.Image
	}
	return s
}

// modelSource says where a model comes from and what is needed to fetch it.
type modelSource struct {
	path           *field.Path
	uri            string
	serviceAccount string
	envSecret      string
	// image of the storage initializer; empty means that of the values.
	image string
	// defaultSecret says that the values' environment secret is used where
	// envSecret is empty.
	defaultSecret bool
}

// envSecret is the Secret whose keys become the environment of what fetches
// the model, or empty (docs/behaviour/core.md, 9.6).
func (p *subject) envSecret(m modelSource) string {
	if m.envSecret == "" && m.defaultSecret {
		return p.r.settings.defaultEnvSecret
	}
	return m.envSecret
}

func secretEnv(name string) corev1.EnvFromSource {
	return corev1.EnvFromSource{SecretRef: &corev1.SecretEnvSource{LocalObjectReference: corev1.LocalObjectReference{Name: name}}}
}

// fetchModel adds the init container that fetches a model, and the volume that
// hands it to the container (docs/behaviour/core.md, 9).
func (p *plan) fetchModel(w *workload, container string, m modelSource) {
	if m.uri == "" {
		return
	}
	pod := w.pod()
	volume := cut(container + "-provision-location")
	initName := InitializerName(container)
	c := w.container(container)
	if w.inits.container(pod.InitContainers, initName) >= 0 {
		mountOnce(c, corev1.VolumeMount{Name: volume, MountPath: modelPath, ReadOnly: true})
		p.inspect().lintOwnInitializer(w, initName, volume, m)
		return
	}
	if !p.configRead("storageInitializer") {
		return
	}
	init := p.initializer(initName, m)
	if rest, ok := strings.CutPrefix(m.uri, pvcScheme); ok {
		claim, path, _ := strings.Cut(rest, "/")
		init.Args[0] = pvcPath + "/" + path
		mount := corev1.VolumeMount{Name: pvcVolume, MountPath: pvcPath, ReadOnly: true}
		init.VolumeMounts = append(init.VolumeMounts, mount)
		mountOnce(c, mount)
		pod.Volumes = append(pod.Volumes, corev1.Volume{Name: pvcVolume, VolumeSource: corev1.VolumeSource{
			PersistentVolumeClaim: &corev1.PersistentVolumeClaimVolumeSource{ClaimName: claim},
		}})
	}
	init.VolumeMounts = append(init.VolumeMounts, corev1.VolumeMount{Name: volume, MountPath: modelPath})
	mountOnce(c, corev1.VolumeMount{Name: volume, MountPath: modelPath, ReadOnly: true})
	pod.Volumes = append(pod.Volumes, corev1.Volume{
		Name: volume, VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}},
	})
	p.addCredentials(pod, &init, m)
	p.inspect().lintModelSource(pod, &init, m)
	p.inspect().lintInitializerEnvironment(&init, m)
	pod.InitContainers = append(pod.InitContainers, init)
}

func (p *plan) initializer(name string, m modelSource) corev1.Container {
	s := &p.r.settings.initializer
	image := m.image
	if image == "" {
		image = s.image
	}
	c := corev1.Container{
		Name:                     name,
		Image:                    image,
		ImagePullPolicy:          corev1.PullIfNotPresent,
		Args:                     []string{m.uri, modelPath},
		TerminationMessagePath:   corev1.TerminationMessagePathDefault,
		TerminationMessagePolicy: corev1.TerminationMessageReadFile,
		Resources:                p.resources(&s.resources),
	}
	if secret := p.envSecret(m); secret != "" {
		c.EnvFrom = []corev1.EnvFromSource{secretEnv(secret)}
	}
	return c
}

// mountOnce mounts a volume unless a mount of its name is there.
func mountOnce(c *corev1.Container, m corev1.VolumeMount) {
	for i := range c.VolumeMounts {
		if c.VolumeMounts[i].Name == m.Name {
			return
		}
	}
	c.VolumeMounts = append(c.VolumeMounts, m)
}

// InitializerName returns the name of the init container that fetches the model of
// a container.
func InitializerName(container string) string { return cut(container + initializerSuffix) }
