package platform

import (
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
	policyv1 "k8s.io/api/policy/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/manifest"
)

// caBundle gives initializers the certificates of a private authority. One of
// ConfigMap and Secret names the object, Key (default ca.crt) the file in it.
type caBundle struct {
	ConfigMap string `json:"configMap,omitempty"`
	Secret    string `json:"secret,omitempty"`
	Key       string `json:"key,omitempty"`
}

// topologySpread spreads the pods of each Deployment, over nodes if no key is
// given, as far as it can.
type topologySpread struct {
	TopologyKey       string                               `json:"topologyKey,omitempty"`
	MaxSkew           int32                                `json:"maxSkew,omitempty"`
	WhenUnsatisfiable corev1.UnsatisfiableConstraintAction `json:"whenUnsatisfiable,omitempty"`
}

// budget gives each Deployment of two replicas or more a PodDisruptionBudget,
// unless it has one; the default is maxUnavailable: 1.
type budget struct {
	MinAvailable   *intstr.IntOrString `json:"minAvailable,omitempty"`
	MaxUnavailable *intstr.IntOrString `json:"maxUnavailable,omitempty"`
}

// podMonitor gives each Deployment whose pods are scraped a PodMonitor in place of
// the annotations that ask for it. Interval is a duration such as 30s.
type podMonitor struct {
	Labels   map[string]string `json:"labels,omitempty"`
	Interval string            `json:"interval,omitempty"`
}

// shorthands applies what rules say in a line, after all fragments.
func (d *deployment) shorthands() {
	for _, r := range d.matching(d.target, (*compiledRule).hasShorthand) {
		for _, name := range r.ImagePullSecrets {
			d.pullSecret(name)
		}
		if r.CABundle != nil {
			d.trust(r.CABundle)
		}
		if r.TopologySpread != nil {
			d.spread(r.TopologySpread)
		}
		if r.Budget != nil {
			d.budget(r.Budget)
		}
		if r.PodMonitor != nil {
			d.monitor(r.PodMonitor)
		}
		if r.PodSecurity != "" {
			d.secure(r.PodSecurity == restricted)
		}
	}
}

func (r *compiledRule) hasShorthand() bool {
	return len(r.ImagePullSecrets) > 0 || r.CABundle != nil || r.TopologySpread != nil || r.Budget != nil || r.PodMonitor != nil || r.PodSecurity != ""
}

func (d *deployment) pod() *corev1.PodSpec { return &d.spec.Template.Spec }

func (d *deployment) pullSecret(name string) {
	pod, secret := d.pod(), corev1.LocalObjectReference{Name: name}
	if !slices.Contains(pod.ImagePullSecrets, secret) {
		pod.ImagePullSecrets = append(slices.Clip(pod.ImagePullSecrets), secret)
	}
}

const (
	caVolume = "ca-bundle"
	caFolder = "/etc/ca-bundle"
	caKey    = "ca.crt"
)

// caVariables are read by boto3, requests, OpenSSL and Go, and rclone.
func caVariables() []string {
	return []string{"AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "RCLONE_CA_CERT"}
}

// trust mounts the bundle into the init containers that fetch models.
func (d *deployment) trust(b *caBundle) {
	pod, found := d.pod(), false
	key := b.Key
	if key == "" {
		key = caKey
	}
	for i := range pod.InitContainers {
		c := &pod.InitContainers[i]
		if _, ok := d.fetches(c.Name); !ok {
			continue
		}
		found = true
		if !slices.ContainsFunc(c.VolumeMounts, func(m corev1.VolumeMount) bool { return m.MountPath == caFolder }) {
			c.VolumeMounts = append(slices.Clip(c.VolumeMounts), corev1.VolumeMount{Name: caVolume, MountPath: caFolder, ReadOnly: true})
		}
		for _, name := range caVariables() {
			if !slices.ContainsFunc(c.Env, func(e corev1.EnvVar) bool { return e.Name == name }) {
				c.Env = append(slices.Clip(c.Env), corev1.EnvVar{Name: name, Value: caFolder + "/" + key})
			}
		}
	}
	if found && !slices.ContainsFunc(pod.Volumes, func(v corev1.Volume) bool { return v.Name == caVolume }) {
		volume := corev1.Volume{Name: caVolume}
		if b.ConfigMap != "" {
			volume.ConfigMap = &corev1.ConfigMapVolumeSource{LocalObjectReference: corev1.LocalObjectReference{Name: b.ConfigMap}}
		} else {
			volume.Secret = &corev1.SecretVolumeSource{SecretName: b.Secret}
		}
		pod.Volumes = append(slices.Clip(pod.Volumes), volume)
	}
}

func (d *deployment) spread(s *topologySpread) {
	pod := d.pod()
	c := corev1.TopologySpreadConstraint{
		MaxSkew: max(s.MaxSkew, 1), TopologyKey: s.TopologyKey, WhenUnsatisfiable: s.WhenUnsatisfiable,
		LabelSelector: &metav1.LabelSelector{MatchLabels: maps.Clone(d.spec.Selector.MatchLabels)},
	}
	if c.TopologyKey == "" {
		c.TopologyKey = corev1.LabelHostname
	}
	if c.WhenUnsatisfiable == "" {
		c.WhenUnsatisfiable = corev1.ScheduleAnyway
	}
	if !slices.ContainsFunc(pod.TopologySpreadConstraints, func(o corev1.TopologySpreadConstraint) bool { return o.TopologyKey == c.TopologyKey }) {
		pod.TopologySpreadConstraints = append(slices.Clip(pod.TopologySpreadConstraints), c)
	}
}

// addition is an object that a rule adds.
type addition[Spec any] struct {
	metav1.TypeMeta `json:",inline"`
	Metadata        additionMeta `json:"metadata"`
	Spec            Spec         `json:"spec"`
}

type additionMeta struct {
	Name        string            `json:"name"`
	Namespace   string            `json:"namespace"`
	Labels      map[string]string `json:"labels,omitempty"`
	Annotations map[string]string `json:"annotations,omitempty"`
}

// GetAnnotations and SetAnnotations are as Kubernetes' own types have them.
func (a *addition[Spec]) GetAnnotations() map[string]string { return a.Metadata.Annotations }

// SetAnnotations replaces the annotations.
func (a *addition[Spec]) SetAnnotations(annotations map[string]string) {
	a.Metadata.Annotations = annotations
}

// add adds an object that is named and labelled after the Deployment.
func add[Spec any](d *deployment, apiVersion, kind string, labels map[string]string, spec Spec) {
	all := maps.Clone(d.spec.Selector.MatchLabels)
	maps.Copy(all, labels)
	d.added = append(d.added, manifest.Object{
		APIVersion: apiVersion, Kind: kind, Namespace: d.namespace, Name: d.name,
		Value: &addition[Spec]{
			metav1.TypeMeta{APIVersion: apiVersion, Kind: kind},
			additionMeta{Name: d.name, Namespace: d.namespace, Labels: all}, spec,
		},
	})
}

// has reports whether an object of a kind that goes by the Deployment's name was
// rendered or added.
func (d *deployment) has(kind string) bool {
	is := func(o manifest.Object) bool { return o.Kind == kind && o.Name == d.name }
	return slices.ContainsFunc(d.Objects, is) || slices.ContainsFunc(d.added, is)
}

func (d *deployment) budget(b *budget) {
	const kind = "PodDisruptionBudget"
	if d.replicas() < 2 || d.has(kind) {
		return
	}
	spec := policyv1.PodDisruptionBudgetSpec{
		MinAvailable: b.MinAvailable, MaxUnavailable: b.MaxUnavailable,
		Selector: &metav1.LabelSelector{MatchLabels: d.spec.Selector.MatchLabels},
	}
	if spec.MinAvailable == nil && spec.MaxUnavailable == nil {
		spec.MaxUnavailable = new(intstr.FromInt32(1))
	}
	add(d, policyv1.SchemeGroupVersion.String(), kind, nil, spec)
}

// replicas is the least number of pods that the Deployment is scaled to.
func (d *deployment) replicas() int32 {
	if cs := componentSpec(d.target, d.component); cs != nil {
		switch {
		case cs.HPASpec != nil && cs.HPASpec.MinReplicas != nil:
			return *cs.HPASpec.MinReplicas
		case cs.KEDASpec != nil && cs.KEDASpec.MinReplicaCount != nil:
			return *cs.KEDASpec.MinReplicaCount
		}
	}
	if d.spec.Replicas == nil {
		return 1
	}
	return *d.spec.Replicas
}

// Annotations that ask for scraping (docs/behaviour/core.md).
const (
	scrapeAnnotation = "prometheus.io/scrape"
	pathAnnotation   = "prometheus.io/path"
)

// podMonitorSpec is the part of a PodMonitor's spec that is written.
type podMonitorSpec struct {
	Selector  metav1.LabelSelector `json:"selector"`
	Endpoints []podMetricsEndpoint `json:"podMetricsEndpoints"`
}

type podMetricsEndpoint struct {
	Port     string `json:"port"`
	Path     string `json:"path,omitempty"`
	Interval string `json:"interval,omitempty"`
}

func (d *deployment) monitor(m *podMonitor) {
	annotations := d.spec.Template.Annotations
	if annotations[scrapeAnnotation] != "true" {
		return
	}
	var endpoints []podMetricsEndpoint
	for _, c := range d.pod().Containers {
		for _, port := range c.Ports {
			e := podMetricsEndpoint{port.Name, annotations[pathAnnotation], m.Interval}
			if strings.Contains(port.Name, "metrics") && !slices.Contains(endpoints, e) {
				endpoints = append(endpoints, e)
			}
		}
	}
	if len(endpoints) == 0 {
		return
	}
	d.spec.Template.Annotations = without(annotations, scrapeAnnotation, pathAnnotation)
	if !d.has("PodMonitor") {
		add(d, "monitoring.coreos.com/v1", "PodMonitor", m.Labels, podMonitorSpec{
			metav1.LabelSelector{MatchLabels: d.spec.Selector.MatchLabels}, endpoints,
		})
	}
}

func without(m map[string]string, keys ...string) map[string]string {
	m = maps.Clone(m)
	for _, key := range keys {
		delete(m, key)
	}
	return m
}
