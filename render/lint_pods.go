package render

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
	"github.com/seldonctl/seldonctl/release"
)

// lintPods looks for what the API server refuses in pods, and for what breaks
// in them.
func (l *inspector) lintPods() {
	for _, w := range l.deployments {
		l.lintPodFields(w)
		l.lintVolumes(w)
		l.lintListens(w)
		l.lintHostNetwork(w)
		l.lintSharedPortNames(w)
		containers := w.pod().Containers
		for k := range containers {
			l.lintContainerNameTwice(w, k)
			l.lintEnvironment(w, k)
			l.lintPorts(&containers[k], plainContainer, func(i int) *field.Path { return l.portPath(w, k, &containers[k].Ports[i]) })
			l.lintMounts(w, &containers[k], plainContainer, func(i int) *field.Path { return l.mountPath(w, k, i) })
			for _, probe := range probesOf(&containers[k]) {
				l.lintProbe(&containers[k], plainContainer, probe, l.containerPath(w, k))
			}
			if containers[k].Image == "" {
				l.missingImage(w, k)
			}
		}
	}
}

func (l *inspector) lintPodFields(w *workload) {
	pod := w.pod()
	if w.origin.component < 0 {
		return
	}
	tell := func(name string) {
		l.tell(finding.PodField, podPath(w).Child(name), "remove it", "a Deployment's pods cannot have this %s", name)
	}
	if pod.RestartPolicy != corev1.RestartPolicyAlways {
		tell("restartPolicy")
	}
	if pod.ActiveDeadlineSeconds != nil {
		tell("activeDeadlineSeconds")
	}
	if len(pod.EphemeralContainers) > 0 {
		tell("ephemeralContainers")
	}
	l.lintPodSecurity(w)
	l.lintMergedLists(w)
	l.lintPlacement(w)
}

// lintMergedLists looks for what only server-side apply refuses: lists that it
// merges by a key, with a key twice.
func (l *inspector) lintMergedLists(w *workload) {
	pod := w.pod()
	if len(pod.HostAliases) > maxCompared || len(pod.ImagePullSecrets) > maxCompared {
		return
	}
	for i := range pod.HostAliases {
		for _, other := range pod.HostAliases[:i] {
			if other.IP == pod.HostAliases[i].IP {
				l.tell(finding.DuplicateEntry, podPath(w).Child("hostAliases").Index(i), "", "duplicate entry for %s", other.IP)
				break
			}
		}
	}
	for i := range pod.ImagePullSecrets {
		for _, other := range pod.ImagePullSecrets[:i] {
			if other.Name == pod.ImagePullSecrets[i].Name {
				l.tell(finding.DuplicateEntry, podPath(w).Child("imagePullSecrets").Index(i), "", "duplicate entry for %q", other.Name)
				break
			}
		}
	}
}

// lintPodSecurity looks for a security context that was discarded
// (docs/behaviour/core.md, 5.6).
func (l *inspector) lintPodSecurity(w *workload) {
	specs := l.source.Spec.Predictors[w.origin.pred.index].ComponentSpecs
	if l.release.Pods.SecurityContext != release.ReplacePodSecurityContext || w.origin.component >= len(specs) {
		return
	}
	own := specs[w.origin.component].Spec.SecurityContext
	if own == nil || own.Size() == 0 || w.pod().SecurityContext != nil && own.String() == w.pod().SecurityContext.String() {
		return
	}
	l.tell(finding.PodSecurityContextLost, podPath(w).Child("securityContext"), "use the containers' security contexts",
		"the operator of Seldon Core %s discards the pod's security context", l.release.Version)
}

// repeats reports whether a pod has several containers of that name. The
// operator then completes the first of them several times, and what follows
// from that is not worth a finding of its own. The pods are complete by then.
func (pred *predictorPlan) repeats(container string) bool {
	if !pred.counted {
		pred.counted = true
		for _, w := range pred.pods {
			if w == nil {
				continue
			}
			list := w.pod().Containers
			for k := range list {
				if name := list[k].Name; w.containers.container(list, name) < k {
					if pred.repeated == nil {
						pred.repeated = map[string]bool{}
					}
					pred.repeated[name] = true
				}
			}
		}
	}
	return pred.repeated[container]
}

func (l *inspector) lintContainerNameTwice(w *workload, k int) {
	pod := w.pod()
	name := pod.Containers[k].Name
	if w.containers.container(pod.Containers, name) < k || w.inits.container(pod.InitContainers, name) >= 0 {
		l.tell(finding.DuplicateContainer, l.containerPath(w, k).Child("name"), "", "duplicate container name %q", name)
	}
}

func (l *inspector) lintVolumes(w *workload) {
	volumes := w.pod().Volumes
	if len(volumes) > maxCompared {
		return
	}
	for i := range volumes {
		name := volumes[i].Name
		if n := volumesNamed(volumes[:i], name); n == 1 {
			l.tell(finding.DuplicateVolume, podPath(w).Child("volumes"), volumeHints()[name], "duplicate volume name %q", name)
		}
		if claim := volumes[i].PersistentVolumeClaim; claim != nil && claim.ClaimName == "" {
			l.tell(finding.PodField, podPath(w), "use pvc://CLAIM/PATH", "volume %q has no persistent volume claim", volumes[i].Name)
		}
	}
}

func volumesNamed(volumes []corev1.Volume, name string) int {
	n := 0
	for i := range volumes {
		n += count(volumes[i].Name == name)
	}
	return n
}

// volumeHints are for the volumes that the operator names alike for all models
// of a pod.
func volumeHints() map[string]string {
	return map[string]string{
		pvcVolume: "give each model on a persistent volume claim a component spec of its own",
		gcsVolume: "give each model with a Google key a component spec of its own",
	}
}

// meantVolume is a hint for a volume that the pod does not have.
func (l *inspector) meantVolume(w *workload, name string) string {
	var names []string
	for i := range w.pod().Volumes {
		names = append(names, w.pod().Volumes[i].Name)
	}
	if meant := spelling.Nearest(name, names); meant != "" {
		return "did you mean " + meant + "?"
	}
	return "add it to the volumes of the pod, for example with emptyDir: {}"
}

// lintMounts looks at the mounts of one container, the i-th of which stands at
// at(i).
func (l *inspector) lintMounts(w *workload, c *corev1.Container, what string, at func(i int) *field.Path) {
	if len(c.VolumeMounts) > maxCompared || len(w.pod().Volumes) > maxCompared {
		return
	}
	for i := range c.VolumeMounts {
		m := &c.VolumeMounts[i]
		if !hasVolume(w.pod(), m.Name) {
			l.tell(finding.MountWithoutVolume, at(i), l.meantVolume(w, m.Name), "%s %q mounts volume %q, which the pod does not have", what, c.Name, m.Name)
		}
		for first := range i {
			if c.VolumeMounts[first].MountPath == m.MountPath {
				l.tell(finding.DuplicateMount, at(first), "", "%s %q mounts two volumes at %s: %s and %s",
					what, c.Name, m.MountPath, c.VolumeMounts[first].Name, m.Name)
				break
			}
		}
	}
}

// mountPath is where a container's mount stands or comes from.
func (l *inspector) mountPath(w *workload, k, i int) *field.Path {
	path, own := l.containerPath(w, k), l.sourceContainers(w)
	if k < len(own) {
		for n := range own[k].VolumeMounts {
			if own[k].VolumeMounts[n].Name == w.pod().Containers[k].VolumeMounts[i].Name {
				return path.Child("volumeMounts").Index(n)
			}
		}
	}
	return path
}

// namedProbe is a probe, or nil, and the field that it stands in.
type namedProbe struct {
	*corev1.Probe
	name string
}

func probesOf(c *corev1.Container) []namedProbe {
	return []namedProbe{{c.LivenessProbe, "livenessProbe"}, {c.ReadinessProbe, "readinessProbe"}, {c.StartupProbe, "startupProbe"}}
}

// lintProbe looks for a probe of the container at path that cannot work.
func (l *inspector) lintProbe(c *corev1.Container, what string, probe namedProbe, path *field.Path) {
	if probe.Probe == nil {
		return
	}
	var port intstr.IntOrString
	switch h := &probe.ProbeHandler; {
	case h.HTTPGet != nil:
		port = h.HTTPGet.Port
	case h.TCPSocket != nil:
		port = h.TCPSocket.Port
	case h.Exec == nil && h.GRPC == nil:
		l.tell(finding.UselessProbe, path.Child(probe.name), "", "the %s of %s %q has no handler", probe.name, what, c.Name)
	}
	if port.Type == intstr.String && portNamed(c, port.StrVal) == nil {
		l.tell(finding.UselessProbe, path.Child(probe.name), "", "the %s of %s %q refers to port %q, which the container does not have",
			probe.name, what, c.Name, port.StrVal)
	}
}

func (l *inspector) missingImage(w *workload, k int) {
	if l.full(finding.MissingImage, finding.Warning) {
		return
	}
	name, path := w.pod().Containers[k].Name, l.containerPath(w, k)
	u := w.origin.pred.unit(name)
	switch {
	case w.origin.component == FromExplainer:
		l.tell(finding.MissingImage, path.Child("image"), "set it, or set explainer.image in the values", "the explainer has no image")
	case u != nil && u.Prepackaged():
		l.tell(finding.MissingImage, w.origin.pred.unitPath(name).Child("implementation"), "choose another protocol, or add the image under predictor_servers in the values",
			"%s has no image for protocol %s, so container %q has none", *u.Implementation, orDefault(l.sd.Spec.Protocol, "seldon"), name)
	case name == tfservingContainer && k >= len(l.sourceContainers(w)):
		l.tell(finding.MissingImage, graphPath(w.origin.pred.index), "", "%s has no image for protocol tensorflow, so container %q has none", tensorflowServer, name)
	case w.origin.component >= 0 && u == nil && l.meantUnit(&l.source.Spec.Predictors[w.origin.pred.index], name) != "":
		// lintSidecar has told what is wrong with it.
	default:
		l.tell(finding.MissingImage, path.Child("image"), "", "container %q has no image", name)
	}
}

// unpinned reports whether an image's name may mean another image tomorrow.
func unpinned(image string) bool {
	if image == "" || strings.Contains(image, "@") {
		return false
	}
	_, tag, ok := strings.Cut(image[strings.LastIndexByte(image, '/')+1:], ":")
	return !ok || tag == "latest"
}
