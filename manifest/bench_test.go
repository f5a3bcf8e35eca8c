package manifest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/manifest"
)

// deployment returns a Deployment like those that serve a model: an init
// container, the server and the orchestrator with its graph in base64.
func deployment() *appsv1.Deployment {
	labels := map[string]string{"app": "iris-main-0-classifier", "seldon-app": "iris-main", "seldon-deployment-id": "iris", "version": "main", "fluentd": "true"}
	probe := func(path string) *corev1.Probe {
		return &corev1.Probe{
			ProbeHandler:        corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{Path: path, Port: intstr.FromString("http"), Scheme: "HTTP"}},
			InitialDelaySeconds: 20, TimeoutSeconds: 60, PeriodSeconds: 5, SuccessThreshold: 1, FailureThreshold: 3,
		}
	}
	env := func(n int) []corev1.EnvVar {
		var vars []corev1.EnvVar
		for i := range n {
			vars = append(vars, corev1.EnvVar{Name: fmt.Sprint("PREDICTIVE_UNIT_", i), Value: fmt.Sprint(9000 + i)})
		}
		return append(vars, corev1.EnvVar{Name: "PREDICTIVE_UNIT_PARAMETERS", Value: `[{"name":"model_uri","value":"/mnt/models","type":"STRING"}]`})
	}
	container := func(name string, n int) corev1.Container {
		return corev1.Container{
			Name: name, Image: "seldonio/" + name + ":1.18.2", ImagePullPolicy: corev1.PullIfNotPresent, Env: env(n),
			Ports:          []corev1.ContainerPort{{Name: "http", ContainerPort: 9000, Protocol: corev1.ProtocolTCP}, {Name: "metrics", ContainerPort: 6000, Protocol: corev1.ProtocolTCP}},
			ReadinessProbe: probe("/ready"), LivenessProbe: probe("/live"),
			Resources:                corev1.ResourceRequirements{Requests: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("100m"), corev1.ResourceMemory: resource.MustParse("1Gi")}},
			VolumeMounts:             []corev1.VolumeMount{{Name: "provision-location", MountPath: "/mnt/models", ReadOnly: true}, {Name: "seldon-podinfo", MountPath: "/etc/podinfo"}},
			Lifecycle:                &corev1.Lifecycle{PreStop: &corev1.LifecycleHandler{Exec: &corev1.ExecAction{Command: []string{"/bin/sh", "-c", "/bin/sleep 10"}}}},
			SecurityContext:          &corev1.SecurityContext{},
			TerminationMessagePath:   "/dev/termination-log",
			TerminationMessagePolicy: corev1.TerminationMessageReadFile,
		}
	}
	orchestrator := container("seldon-container-engine", 4)
	orchestrator.Env = append(orchestrator.Env, corev1.EnvVar{Name: "ENGINE_PREDICTOR", Value: strings.Repeat("eyJuYW1lIjoibWFpbiIsImdyYXBo", 100)})
	replicas := int32(1)
	return &appsv1.Deployment{
		TypeMeta:   metav1.TypeMeta{APIVersion: "apps/v1", Kind: "Deployment"},
		ObjectMeta: metav1.ObjectMeta{Name: "iris-main-0-classifier", Namespace: "models", Labels: labels},
		Spec: appsv1.DeploymentSpec{
			Replicas: &replicas,
			Selector: &metav1.LabelSelector{MatchLabels: map[string]string{"seldon-deployment-id": "iris"}},
			Template: corev1.PodTemplateSpec{
				ObjectMeta: metav1.ObjectMeta{Labels: labels, Annotations: map[string]string{"prometheus.io/path": "/prometheus", "prometheus.io/scrape": "true"}},
				Spec: corev1.PodSpec{
					InitContainers: []corev1.Container{container("rclone-storage-initializer", 0)},
					Containers:     []corev1.Container{container("classifier", 8), orchestrator},
					Volumes: []corev1.Volume{
						{Name: "provision-location", VolumeSource: corev1.VolumeSource{EmptyDir: &corev1.EmptyDirVolumeSource{}}},
						{Name: "seldon-podinfo", VolumeSource: corev1.VolumeSource{DownwardAPI: &corev1.DownwardAPIVolumeSource{Items: []corev1.DownwardAPIVolumeFile{{Path: "annotations", FieldRef: &corev1.ObjectFieldSelector{FieldPath: "metadata.annotations", APIVersion: "v1"}}}}}},
					},
					DNSPolicy: corev1.DNSClusterFirst, SchedulerName: "default-scheduler", RestartPolicy: corev1.RestartPolicyAlways,
				},
			},
		},
	}
}

func deploymentObject() manifest.Object {
	return manifest.Object{APIVersion: "apps/v1", Kind: "Deployment", Namespace: "models", Name: "iris-main-0-classifier", Value: deployment()}
}

// BenchmarkFormat is what an object costs from its type to output.
func BenchmarkFormat(b *testing.B) {
	for _, name := range manifest.FormatNames() {
		b.Run(name, func(b *testing.B) {
			f, err := manifest.NewFormat(name)
			if err != nil {
				b.Fatal(err)
			}
			o := deploymentObject()
			var dst []byte
			b.ReportAllocs()
			for b.Loop() {
				if dst, err = f.Append(dst[:0], o); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(len(dst)))
		})
	}
}

// BenchmarkEncoding takes the way from a type to YAML apart.
func BenchmarkEncoding(b *testing.B) {
	value := deployment()
	js, err := json.Marshal(value)
	if err != nil {
		b.Fatal(err)
	}
	var dst []byte
	for _, bb := range []struct {
		name string
		run  func() error
	}{
		{"json.Marshal", func() (err error) { dst, err = json.Marshal(value); return err }},
		{"AppendYAML", func() (err error) { dst, err = manifest.AppendYAML(dst[:0], js); return err }},
		{"AppendJSON", func() (err error) { dst, err = manifest.AppendJSON(dst[:0], js, 0, false); return err }},
		{"sigs.Marshal", func() (err error) { dst, err = yaml.Marshal(value); return err }},
	} {
		b.Run(bb.name, func(b *testing.B) {
			dst = nil
			b.ReportAllocs()
			for b.Loop() {
				if err := bb.run(); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(len(dst)))
		})
	}
}

func BenchmarkAppendYAMLBase64(b *testing.B) {
	js := []byte(`{"data":"` + strings.Repeat("QUJD", 25_000) + `"}`)
	var dst []byte
	var err error
	b.ReportAllocs()
	for b.Loop() {
		if dst, err = manifest.AppendYAML(dst[:0], js); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(len(dst)))
}

// BenchmarkIDSet remembers the objects of a fleet of 100,000.
func BenchmarkIDSet(b *testing.B) {
	id := deploymentObject().ID()
	b.ReportAllocs()
	for b.Loop() {
		s := manifest.NewIDSet()
		for i := range 350_000 {
			id.Name = fmt.Sprint(i)
			s.Add(id, uint32(i))
		}
	}
}
