package render_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/values"
)

// rendered reads a manifest and renders it as a release, with values over the chart's.
func rendered(t *testing.T, version, spec string, set ...values.Overlay) render.Result {
	t.Helper()
	rel, err := release.Lookup(version)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "input.yaml")
	text := "apiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeployment\nmetadata: {name: iris, namespace: models}\nspec:\n" + spec
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c := corpus.Read(t, rel, file)
	if len(c.Faults) > 0 || len(c.Deployments) != 1 {
		t.Fatalf("%d SeldonDeployments; %v", len(c.Deployments), c.Faults)
	}
	settings, faults := values.Load(rel, set...)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	r, _ := render.New(render.Config{Release: rel, Values: settings})
	return r.Render(render.Input{Deployment: c.Deployments[0]})
}

// objectNamed reads an object into a Kubernetes type.
func objectNamed(t *testing.T, result render.Result, kind, name string, into any) {
	t.Helper()
	i := slices.IndexFunc(result.Objects, func(o manifest.Object) bool { return o.Kind == kind && o.Name == name })
	if i < 0 {
		t.Fatalf("no %s %s among %d objects; findings %v", kind, name, len(result.Objects), result.Findings)
	}
	text, err := json.Marshal(result.Objects[i].Value)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// shown is what the orchestrator is shown of a predictor, as JSON.
func shown(t *testing.T, d *appsv1.Deployment) string {
	t.Helper()
	for _, c := range d.Spec.Template.Spec.Containers {
		for _, e := range c.Env {
			if e.Name == "ENGINE_PREDICTOR" {
				text, err := base64.StdEncoding.DecodeString(e.Value)
				if err != nil {
					t.Fatal(err)
				}
				return string(text)
			}
		}
	}
	t.Fatal("no ENGINE_PREDICTOR")
	return ""
}

func failsWith(result render.Result, code finding.Code) bool {
	return slices.ContainsFunc(result.Findings, func(f finding.Finding) bool { return f.Code == code && f.Severity == finding.Error })
}

func TestClaimTemplatesOfEphemeralVolumes(t *testing.T) {
	t.Parallel()
	const spec = `
  predictors:
  - name: main
    graph: {name: clf, type: MODEL}
    componentSpecs:
    - spec:
        containers: [{name: clf, image: "example.org/clf:1"}]
        volumes:
        - name: scratch
          ephemeral:
            volumeClaimTemplate:
              metadata: %s
              spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`
	for meta, want := range map[string]string{
		`{}`:               `"metadata":{"creationTimestamp":null},"spec":`,
		`{labels: {a: b}}`: `"metadata":{"creationTimestamp":null,"labels":{"a":"b"}},"spec":`,
		`{creationTimestamp: "2020-01-01T00:00:00Z", annotations: {a: "<b>"}}`: `"metadata":{"creationTimestamp":null,"annotations":{"a":"\u003cb\u003e"}},"spec":`,
	} {
		for _, version := range []string{"1.11.0", "1.11.2", "1.14.1", "1.17.1", "1.18.2"} {
			var d appsv1.Deployment
			objectNamed(t, rendered(t, version, fmt.Sprintf(spec, meta)), "Deployment", "iris-main-0-clf", &d)
			if got := shown(t, &d); !strings.Contains(got, want) {
				t.Errorf("%s, metadata %s: want %s in %s", version, meta, want, got)
			}
			if d.Spec.Template.Spec.Volumes[0].Ephemeral == nil {
				t.Errorf("%s: the pod has no such volume", version)
			}
		}
	}
	// The types of 1.10 do not know such volumes.
	var d appsv1.Deployment
	objectNamed(t, rendered(t, "1.10.0", fmt.Sprintf(spec, "{}")), "Deployment", "iris-main-0-clf", &d)
	if got := shown(t, &d); !strings.Contains(got, `"volumes":[{"name":"scratch"}]`) || d.Spec.Template.Spec.Volumes[0].Ephemeral != nil {
		t.Errorf("1.10.0 kept the claim template: %s", got)
	}
}

// Claims are of Kubernetes 1.26 and later; the flat fields in the place of source
// came with 1.31.
func TestClaimsOfPodsHaveTheSourceOf1_28(t *testing.T) {
	t.Parallel()
	const spec = `
  predictors:
  - name: main
    graph: {name: clf, type: MODEL}
    componentSpecs:
    - spec:
        containers: [{name: clf, image: "example.org/clf:1", resources: {claims: [{name: gpu, request: later}]}}]
        resourceClaims:
        - {name: gpu, source: {resourceClaimName: shared}}
        - {name: own, source: {resourceClaimTemplateName: each}}
        - {name: none, source: {}}
        - {name: absent}
        - {name: flat, resourceClaimName: later}
        volumes: [{name: v, ephemeral: {volumeClaimTemplate: {spec: {resources: {claims: [{name: gpu}]}}}}}]
`
	const want = `[{"name":"gpu","source":{"resourceClaimName":"shared"}},{"name":"own","source":{"resourceClaimTemplateName":"each"}},` +
		`{"name":"none","source":{}},{"name":"absent","source":{}},{"name":"flat","source":{}}]`
	var d struct {
		Spec struct {
			Template struct {
				Spec struct{ ResourceClaims json.RawMessage }
			}
		}
	}
	for version, want := range map[string]string{"1.18.0": want, "1.18.2": want, "1.17.1": ""} {
		result := rendered(t, version, spec)
		i := slices.IndexFunc(result.Objects, func(o manifest.Object) bool { return o.Name == "iris-main-0-clf" && o.Kind == "Deployment" })
		text, err := manifest.AppendCompactJSON(nil, result.Objects[i].Value.(manifest.Encodable))
		if err != nil {
			t.Fatal(err)
		}
		d.Spec.Template.Spec.ResourceClaims = nil
		if err := json.Unmarshal(text, &d); err != nil {
			t.Fatal(err)
		}
		if got := string(d.Spec.Template.Spec.ResourceClaims); got != want {
			t.Errorf("%s, pod:\n got %s\nwant %s", version, got, want)
		}
		var typed appsv1.Deployment
		if err := json.Unmarshal(text, &typed); err != nil {
			t.Fatal(err)
		}
		payload := shown(t, &typed)
		if _, got, _ := strings.Cut(payload, `"resourceClaims":`); want != "" && !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("%s, ENGINE_PREDICTOR:\n got %s\nwant %s", version, got, want)
		}
		if got, want := strings.Contains(payload, `"resources":{"claims":[{"name":"gpu"}]}`), want != ""; got != want {
			t.Errorf("%s, claims of the container: %t, want %t in %s", version, got, want, payload)
		}
	}
}

func TestTheSchemaFillsInProtocolsThatAreAbsentOnly(t *testing.T) {
	t.Parallel()
	const spec = `
  predictors:
  - name: main
    graph: {name: clf, type: MODEL}
    explainer: {type: AnchorText, containerSpec: {ports: [{name: extra, containerPort: 3, protocol: ""}]}}
    componentSpecs:
    - spec:
        containers:
        - {name: clf, image: "example.org/clf:1", ports: [{name: a, containerPort: 1, protocol: ""}, {name: b, containerPort: 2}, {name: c, containerPort: 3, protocol: null}]}
        initContainers:
        - {name: init, image: "example.org/init:1", ports: [{containerPort: 4, protocol: ""}]}
`
	for _, version := range []string{"1.7.0", "1.18.2"} {
		result := rendered(t, version, spec)
		var d, e appsv1.Deployment
		objectNamed(t, result, "Deployment", "iris-main-0-clf", &d)
		objectNamed(t, result, "Deployment", "iris-main-explainer", &e)
		ports := d.Spec.Template.Spec.Containers[0].Ports
		for i, want := range []corev1.Protocol{"", "TCP", "TCP"} {
			if ports[i].Protocol != want {
				t.Errorf("%s, port %s: protocol %q, want %q", version, ports[i].Name, ports[i].Protocol, want)
			}
		}
		if got := d.Spec.Template.Spec.InitContainers[0].Ports[0].Protocol; got != "" {
			t.Errorf("%s, init container: protocol %q, want none", version, got)
		}
		if got := e.Spec.Template.Spec.Containers[0].Ports[0].Protocol; got != "" {
			t.Errorf("%s, explainer: protocol %q, want none", version, got)
		}
		payload := shown(t, &d)
		for _, want := range []string{`{"name":"a","containerPort":1},{"name":"b","containerPort":2,"protocol":"TCP"}`, `"ports":[{"containerPort":4}]`} {
			if !strings.Contains(payload, want) {
				t.Errorf("%s: want %s in %s", version, want, payload)
			}
		}
	}
}

func TestServicesOfContainersHaveBothPorts(t *testing.T) {
	t.Parallel()
	const spec = `
  predictors:
  - name: main
    graph: {name: clf, type: MODEL}
    componentSpecs:
    - spec: {containers: [{name: clf, image: "example.org/clf:1", ports: [{name: grpc, containerPort: 0}]}]}
`
	for _, version := range []string{"1.7.0", "1.18.2"} {
		var s corev1.Service
		objectNamed(t, rendered(t, version, spec), "Service", "iris-main-clf", &s)
		if len(s.Spec.Ports) != 2 || s.Spec.Ports[0].Port != 9000 || s.Spec.Ports[1].Name != "grpc" || s.Spec.Ports[1].Port != 0 {
			t.Errorf("%s: got ports %v, want http 9000 and grpc 0", version, s.Spec.Ports)
		}
	}
	// Those of predictors leave a 0 out.
	var s corev1.Service
	objectNamed(t, rendered(t, "1.18.2", spec, values.Set("--set", "seldonctl.operator.ENGINE_SERVER_GRPC_PORT=0")), "Service", "iris-main", &s)
	if len(s.Spec.Ports) != 1 || s.Spec.Ports[0].Name != "http" {
		t.Errorf("predictor: got ports %v, want http", s.Spec.Ports)
	}
}

// twins are two predictors whose Deployments have the same name: the second is to
// have a server, whose container the first lacks.
const twins = `
  protocol: %s
  predictors:
  - name: a
    traffic: 50
    ssl: {certSecretName: first}
    graph: {name: 0-x, type: MODEL}
    componentSpecs: [{spec: {containers: [{name: 0-x, image: "example.org/x:1"}]}}]
  - name: a-0
    traffic: 50
    ssl: {certSecretName: second}
    graph: {name: x, implementation: %s, modelUri: "gs://b/m"}
`

func TestServersOfDeploymentsWithOneName(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"1.7.0", "1.18.2"} {
		for _, implementation := range []string{"SKLEARN_SERVER", "TENSORFLOW_SERVER"} {
			result := rendered(t, version, fmt.Sprintf(twins, "seldon", implementation))
			about := version + ", " + implementation
			var same []appsv1.Deployment
			for _, o := range result.Objects {
				if o.Kind == "Deployment" && o.Name == "iris-a-0-0-x" {
					var d appsv1.Deployment
					text, err := json.Marshal(o.Value)
					if err != nil || json.Unmarshal(text, &d) != nil {
						t.Fatal(err)
					}
					same = append(same, d)
				}
			}
			if len(same) != 2 {
				t.Errorf("%s: %d Deployments, want 2: %v", about, len(same), result.Findings)
				continue
			}
			first, last := &same[0].Spec.Template.Spec, &same[1].Spec.Template.Spec
			bare := named(first, "x")
			if bare == nil {
				t.Errorf("%s: the first Deployment of the name has no container x", about)
				continue
			}
			if bare.Image == "" || len(bare.Ports) > 0 || bare.LivenessProbe != nil || len(bare.Env) != 1 || bare.Env[0].Name != "PREDICTIVE_UNIT_PARAMETERS" {
				t.Errorf("%s: got %+v, want a container with image and parameters only", about, bare)
			}
			if implementation == "SKLEARN_SERVER" && (len(bare.VolumeMounts) != 2 || bare.VolumeMounts[0].MountPath != "/mnt/models") {
				t.Errorf("%s: mounts %v, want the model and the certificate", about, bare.VolumeMounts)
			}
			if named(first, "seldon-container-engine") == nil || named(last, "seldon-container-engine") == nil {
				t.Errorf("%s: an orchestrator is missing", about)
			}
			secrets := func(pod *corev1.PodSpec) (names []string) {
				for _, v := range pod.Volumes {
					if v.Secret != nil {
						names = append(names, v.Secret.SecretName)
					}
				}
				return names
			}
			if got := secrets(first); !slices.Equal(got, []string{"first", "second"}) || secrets(last) != nil {
				t.Errorf("%s: certificates %v and %v, want both in the first Deployment", about, got, secrets(last))
			}
		}
	}
	for version, cases := range map[string]map[string]string{
		"1.7.0":  {"TRITON_SERVER": "kfserving", "SKLEARN_SERVER": "kfserving"},
		"1.18.2": {"TRITON_SERVER": "v2", "SKLEARN_SERVER": "v2"},
	} {
		for implementation, protocol := range cases {
			if result := rendered(t, version, fmt.Sprintf(twins, protocol, implementation)); !failsWith(result, finding.ServerInOtherPod) {
				t.Errorf("%s, %s under %s: want an error, got %v", version, implementation, protocol, result.Findings)
			}
		}
	}
}

func named(pod *corev1.PodSpec, name string) *corev1.Container {
	for i := range pod.Containers {
		if pod.Containers[i].Name == name {
			return &pod.Containers[i]
		}
	}
	return nil
}

func TestEmptyEntriesThatTheOperatorCrashesOn(t *testing.T) {
	t.Parallel()
	const spec = `
  predictors:
  - name: main
    graph: {name: clf, implementation: SKLEARN_SERVER, modelUri: "gs://b/m"}
    svcOrchSpec: {env: [null, {name: A, value: b}]}
`
	for _, version := range release.Versions() {
		if result := rendered(t, version, spec); !failsWith(result, finding.NullEntry) {
			t.Errorf("%s: want an error, got %v", version, result.Findings)
		}
	}
}

func TestManagedFieldsOfComponentSpecs(t *testing.T) {
	t.Parallel()
	const spec = `
  predictors:
  - name: main
    graph: {name: clf, type: MODEL}
    componentSpecs:
    - metadata: {managedFields: [{manager: kubectl}]}
      spec: {containers: [{name: clf, image: "example.org/clf:1"}]}
`
	for version, want := range map[string]string{
		"1.5.1": `{"creationTimestamp":null,"managedFields":[{"manager":"kubectl"}]}`, "1.5.2": `{"creationTimestamp":null}`,
		"1.6.0": `{"creationTimestamp":null,"managedFields":[{"manager":"kubectl"}]}`,
		"1.7.0": `{"creationTimestamp":null}`, "1.18.2": `{"creationTimestamp":null}`,
	} {
		var d appsv1.Deployment
		objectNamed(t, rendered(t, version, spec), "Deployment", "iris-main-0-clf", &d)
		if got, want := shown(t, &d), `"componentSpecs":[{"metadata":`+want+`,"spec":`; !strings.Contains(got, want) {
			t.Errorf("%s: want %s in %s", version, want, got)
		}
	}
}

// What no recording decides is written down in docs/behaviour/README.md.
func TestInputsThatNoRecordingDecides(t *testing.T) {
	t.Parallel()
	const spec = `
  annotations: {seldon.io/istio-retries: "3", seldon.io/istio-retries-timeout: ""}
  predictors:
  - name: main
    graph: {name: clf, type: "", implementation: ""}
    componentSpecs:
    - spec: {containers: [{name: clf, image: "example.org/clf:1", ports: [{name: http, containerPort: 0}]}]}
`
	for _, version := range []string{"1.7.0", "1.18.2"} {
		result := rendered(t, version, spec, values.Set("--set", "istio.enabled=true"))
		var d appsv1.Deployment
		objectNamed(t, result, "Deployment", "iris-main-0-clf", &d)
		if got, want := shown(t, &d), `"graph":{"name":"clf","type":"","implementation":"","endpoint":{"service_host":"localhost","grpcPort":`; !strings.Contains(got, want) {
			t.Errorf("%s: want %s in %s", version, want, got)
		}
		var s corev1.Service
		objectNamed(t, result, "Service", "iris-main-clf", &s)
		if s.Spec.Ports[0].Port != 0 {
			t.Errorf("%s: the Service has port %d, want 0", version, s.Spec.Ports[0].Port)
		}
		i := slices.IndexFunc(result.Objects, func(o manifest.Object) bool { return o.Kind == "VirtualService" })
		text, err := json.Marshal(result.Objects[i].Value)
		if err != nil || !strings.Contains(string(text), `"attempts":3,"perTryTimeout":"1s"`) {
			t.Errorf("%s: %v, want a timeout of 1s in %s", version, err, text)
		}
	}
}
