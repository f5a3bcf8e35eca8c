package render_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
	"k8s.io/apimachinery/pkg/util/strategicpatch"

	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/internal/recorded"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
)

// TestServerSideApplyTakesEveryRecordedInput renders all committed inputs for
// server-side apply: no list has a key twice, and the orchestrator is shown
// what it is shown otherwise.
func TestServerSideApplyTakesEveryRecordedInput(t *testing.T) {
	t.Parallel()
	suite, err := recorded.Committed()
	if err != nil {
		t.Fatal(err)
	}
	for _, rel := range release.All() {
		plain, _ := render.New(render.Config{Release: rel})
		serverSide, _ := render.New(render.Config{Release: rel, ServerSideApply: true})
		for c := range corpus.CasesOf(t, suite, rel) {
			if c.Rejected || c.Variant != "default" {
				continue
			}
			for _, sd := range c.Deployments {
				want, got := podsOf(t, plain, sd), podsOf(t, serverSide, sd)
				if diff := cmp.Diff(payloads(want), payloads(got)); diff != "" {
					t.Errorf("%s %s: ENGINE_PREDICTOR changed:\n%s", rel.Version, c.Name, diff)
				}
				for _, repeated := range repeatedKeys(got) {
					t.Errorf("%s %s: %s", rel.Version, c.Name, repeated)
				}
			}
		}
	}
}

func TestServerSideApplyKeepsThePortForMetricsAndTheLastVariable(t *testing.T) {
	t.Parallel()
	sd := &seldon.Deployment{}
	sd.Metadata.Name = "iris"
	sd.Spec.Predictors = []seldon.Predictor{{
		Name:  "main",
		Graph: seldon.Unit{Name: "clf", Type: new(seldon.Model)},
		ComponentSpecs: []*seldon.ComponentSpec{{Spec: corev1.PodSpec{Containers: []corev1.Container{{
			Name: "clf", Image: "example.org/clf:1",
			Ports: []corev1.ContainerPort{
				{Name: "http", ContainerPort: 9000},
				{Name: "metrics", ContainerPort: 9000},
				{Name: "udp", ContainerPort: 9000, Protocol: corev1.ProtocolUDP},
				{Name: "first", ContainerPort: 7000},
				{Name: "second", ContainerPort: 7000},
			},
			Env: []corev1.EnvVar{{Name: "A", Value: "1"}, {Name: "B", Value: "2"}, {Name: "A", Value: "3"}},
			LivenessProbe: &corev1.Probe{ProbeHandler: corev1.ProbeHandler{
				HTTPGet: &corev1.HTTPGetAction{Port: intstr.FromString("http")},
			}},
			ReadinessProbe: &corev1.Probe{ProbeHandler: corev1.ProbeHandler{
				TCPSocket: &corev1.TCPSocketAction{Port: intstr.FromString("metrics")},
			}},
			Lifecycle: &corev1.Lifecycle{PreStop: &corev1.LifecycleHandler{
				HTTPGet: &corev1.HTTPGetAction{Port: intstr.FromString("second")},
			}},
		}}}}},
	}}
	r, _ := render.New(render.Config{ServerSideApply: true})
	pods := podsOf(t, r, sd)
	c, engine := pods[0].Containers[0], pods[0].Containers[1]

	wantPorts := []corev1.ContainerPort{
		{Name: "metrics", ContainerPort: 9000, Protocol: corev1.ProtocolTCP},
		{Name: "udp", ContainerPort: 9000, Protocol: corev1.ProtocolUDP},
		{Name: "first", ContainerPort: 7000, Protocol: corev1.ProtocolTCP},
		{Name: "grpc", ContainerPort: 9500, Protocol: corev1.ProtocolTCP},
	}
	if diff := cmp.Diff(wantPorts, c.Ports); diff != "" {
		t.Errorf("ports (-want +got):\n%s", diff)
	}
	wantEngine := []corev1.ContainerPort{
		{Name: "metrics", ContainerPort: 8000, Protocol: corev1.ProtocolTCP},
		{Name: "grpc", ContainerPort: 5001, Protocol: corev1.ProtocolTCP},
	}
	if diff := cmp.Diff(wantEngine, engine.Ports); diff != "" {
		t.Errorf("ports of the orchestrator (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]corev1.EnvVar{{Name: "B", Value: "2"}, {Name: "A", Value: "3"}}, c.Env[:2]); diff != "" {
		t.Errorf("environment (-want +got):\n%s", diff)
	}
	asked := []intstr.IntOrString{c.LivenessProbe.HTTPGet.Port, c.ReadinessProbe.TCPSocket.Port, c.Lifecycle.PreStop.HTTPGet.Port}
	want := []intstr.IntOrString{intstr.FromInt32(9000), intstr.FromString("metrics"), intstr.FromInt32(7000)}
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Errorf("ports of probes and hooks (-want +got):\n%s", diff)
	}
}

// podsOf renders a SeldonDeployment and returns the pods of its Deployments as
// they are written.
// TestApplyingAgainChangesNothing computes what kubectl apply sends for a
// Deployment that the server has as it was rendered, with defaults filled in.
func TestApplyingAgainChangesNothing(t *testing.T) {
	t.Parallel()
	sd := &seldon.Deployment{}
	sd.Metadata.Name = "iris"
	sd.Spec.Predictors = []seldon.Predictor{{
		Name:  "main",
		Graph: seldon.Unit{Name: "classifier", Implementation: new("SKLEARN_SERVER"), ModelURI: "gs://example-models/iris"},
	}}
	for _, serverSide := range []bool{false, true} {
		r, _ := render.New(render.Config{ServerSideApply: serverSide})
		for _, o := range r.Render(render.Input{Deployment: sd}).Objects {
			if o.Kind != "Deployment" {
				continue
			}
			manifest, err := json.Marshal(o.Value)
			if err != nil {
				t.Fatal(err)
			}
			var live appsv1.Deployment
			if err := json.Unmarshal(manifest, &live); err != nil {
				t.Fatal(err)
			}
			live.Spec.Strategy.Type = appsv1.RollingUpdateDeploymentStrategyType
			live.Spec.Strategy.RollingUpdate.MaxSurge = new(intstr.FromString("25%"))
			found, err := json.Marshal(live)
			if err != nil {
				t.Fatal(err)
			}
			schema, err := strategicpatch.NewPatchMetaFromStruct(appsv1.Deployment{})
			if err != nil {
				t.Fatal(err)
			}
			patch, err := strategicpatch.CreateThreeWayMergePatch(manifest, manifest, found, schema, true)
			if err != nil {
				t.Fatal(err)
			}
			want := `{"spec":{"strategy":{"$retainKeys":["rollingUpdate"]}}}`
			if serverSide {
				want = `{}`
			}
			if string(patch) != want {
				t.Errorf("with ServerSideApply %v kubectl sends %s, want %s", serverSide, patch, want)
			}
		}
	}
}

func podsOf(t *testing.T, r *render.Renderer, sd *seldon.Deployment) []corev1.PodSpec {
	t.Helper()
	result := r.Render(render.Input{Deployment: sd})
	if result.Findings.HasErrors() {
		t.Fatal(result.Findings)
	}
	var pods []corev1.PodSpec
	for _, o := range result.Objects {
		if o.Kind == "Deployment" {
			pods = append(pods, podOf(t, o))
		}
	}
	return pods
}

func podOf(t *testing.T, o manifest.Object) corev1.PodSpec {
	t.Helper()
	text, err := json.Marshal(o.Value)
	if err != nil {
		t.Fatal(err)
	}
	var d appsv1.Deployment
	if err := json.Unmarshal(text, &d); err != nil {
		t.Fatal(err)
	}
	return d.Spec.Template.Spec
}

func payloads(pods []corev1.PodSpec) []string {
	var all []string
	for _, pod := range pods {
		for _, c := range pod.Containers {
			for _, e := range c.Env {
				if e.Name == "ENGINE_PREDICTOR" {
					all = append(all, e.Value)
				}
			}
		}
	}
	return all
}

// repeatedKeys says which ports and variables are in a list twice.
func repeatedKeys(pods []corev1.PodSpec) []string {
	var repeated []string
	for _, pod := range pods {
		for _, c := range slices.Concat(pod.InitContainers, pod.Containers) {
			seen := map[string]bool{}
			check := func(key string) {
				if seen[key] {
					repeated = append(repeated, fmt.Sprintf("container %s has %s twice", c.Name, key))
				}
				seen[key] = true
			}
			for _, port := range c.Ports {
				check(fmt.Sprintf("port %d/%s", port.ContainerPort, port.Protocol))
			}
			for _, e := range c.Env {
				check("variable " + e.Name)
			}
		}
	}
	return repeated
}
