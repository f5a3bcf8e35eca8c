package render_test

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// renderText renders a SeldonDeployment with values over a release's defaults.
func renderText(t *testing.T, version, manifest, overlay string, kube render.KubeVersion) render.Result {
	t.Helper()
	rel, err := release.Lookup(version)
	if err != nil {
		t.Fatal(err)
	}
	v, findings := values.Load(rel, values.File("values.yaml", []byte(overlay)))
	if findings.HasErrors() {
		t.Fatal(findings)
	}
	r, _ := render.New(render.Config{Release: rel, Values: v, KubeVersion: kube})
	var sd seldon.Deployment
	if err := yaml.UnmarshalStrict([]byte(manifest), &sd); err != nil {
		t.Fatal(err)
	}
	return r.Render(render.Input{Deployment: &sd})
}

// asText is all objects as JSON, a line each.
func asText(t *testing.T, result render.Result) string {
	t.Helper()
	var b strings.Builder
	for _, o := range result.Objects {
		text, err := json.Marshal(o.Value)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(text)
		b.WriteByte('\n')
	}
	return b.String()
}

const ownImage = `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: iris}
spec:
  predictors:
  - name: p
    graph: {name: m, type: MODEL}
    componentSpecs: [{spec: {containers: [{name: m, image: "m:1"}]}}]
`

const sklearn = `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: iris}
spec:
  predictors:
  - name: p
    graph: {name: m, implementation: SKLEARN_SERVER, modelUri: gs://b/m}
`

// TestSettings covers what the operator reads from variables that the recordings
// leave alone.
func TestSettings(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		version, manifest, values string
		want, not                 []string
		fault                     finding.Code
	}{
		"a related image of 1.7.0 replaces the whole server": {
			version: "1.7.0", manifest: sklearn,
			values: `{seldonctl: {operator: {RELATED_IMAGE_SKLEARNSERVER: "mirror/sklearn:1"}}}`,
			want:   []string{`"image":"mirror/sklearn:1"`},
		},
		"so that another protocol has no image": {
			version: "1.7.0", manifest: strings.Replace(sklearn, "spec:", "spec:\n  protocol: kfserving", 1),
			values: `{seldonctl: {operator: {RELATED_IMAGE_SKLEARNSERVER: "mirror/sklearn:1"}}}`,
			fault:  finding.NoProtocolImage,
		},
		"a related image of 1.18.2 replaces one protocol": {
			version: "1.18.2", manifest: strings.Replace(sklearn, "spec:", "spec:\n  protocol: v2", 1),
			values: `{seldonctl: {operator: {RELATED_IMAGE_SKLEARNSERVER_V2: "mirror/mlserver:1"}}}`,
			want:   []string{`"image":"mirror/mlserver:1"`},
		},
		"and cannot replace one of a server without protocols": {
			version: "1.18.2", manifest: sklearn,
			values: `{predictor_servers: {SKLEARN_SERVER: {protocols: null}}, seldonctl: {operator: {RELATED_IMAGE_SKLEARNSERVER: "mirror/sklearn:1"}}}`,
			fault:  finding.ServerWithoutProtocols,
		},
		"the related image of the storage initializer beats the values": {
			version: "1.18.2", manifest: sklearn,
			values: `{seldonctl: {operator: {RELATED_IMAGE_STORAGE_INITIALIZER: "mirror/rclone:1"}}}`,
			want:   []string{`"image":"mirror/rclone:1"`}, not: []string{"seldonio/rclone-storage-initializer"},
		},
		"without any image the storage initializer has the release's own": {
			version: "1.18.2", manifest: sklearn, values: `{storageInitializer: {image: ""}}`,
			want: []string{`"image":"docker.io/seldonio/rclone-storage-initializer:latest"`},
		},
		"ports of units start where the variables say": {
			version: "1.7.0", manifest: sklearn,
			values: `{seldonctl: {operator: {PREDICTIVE_UNIT_HTTP_SERVICE_PORT: "7000", PREDICTIVE_UNIT_GRPC_SERVICE_PORT: "7500", PREDICTIVE_UNIT_METRICS_SERVICE_PORT: "7900"}}}`,
			want:   []string{`"containerPort":7000`, `"containerPort":7500`, `"containerPort":7900`},
		},
		"a first port that is not a number counts as unset": {
			version: "1.7.0", manifest: sklearn,
			values: `{seldonctl: {operator: {PREDICTIVE_UNIT_HTTP_SERVICE_PORT: "often"}}}`,
			want:   []string{`"containerPort":9000`},
		},
		"the certificate's path comes from its variable": {
			version: "1.7.0", manifest: strings.Replace(sklearn, "    graph", "    ssl: {certSecretName: c}\n    graph", 1),
			values: `{seldonctl: {operator: {DEFAULT_CERT_MOUNT_PATH_NAME: "/tls/"}}}`,
			want:   []string{`"name":"SELDON_CERT_MOUNT_PATH","value":"/tls/"`},
		},
		"without USE_EXECUTOR the Java engine is the orchestrator": {
			version: "1.7.0", manifest: sklearn,
			values: `{seldonctl: {operator: {USE_EXECUTOR: ""}}}`,
			want:   []string{`"image":"docker.io/seldonio/engine:1.7.0"`, `"name":"jmx"`},
		},
		"a large number in a values file is no longer an integer": {
			version: "1.7.0", manifest: sklearn, values: `{executor: {user: 1000690000}}`,
			fault: finding.SettingNotANumber,
		},
		"in quotes it is": {
			version: "1.7.0", manifest: sklearn, values: `{executor: {user: "1000690000"}}`,
			want: []string{`"runAsUser":1000690000`},
		},
		"a bare number for the storage initializer fails": {
			version: "1.7.0", manifest: sklearn, values: `{storageInitializer: {cpuLimit: 1}}`,
			fault: finding.ValuesUnquoted,
		},
		"unless nothing is fetched": {
			version: "1.7.0", manifest: ownImage, values: `{storageInitializer: {cpuLimit: 1}, credentials: {gcs: {gcsCredentialFileName: 1}}, predictor_servers: {X: {protocols: {seldon: {image: 1}}}}, explainer: {image: 1}}`,
			want: []string{`"image":"m:1"`},
		},
		"a bare number for any model server fails every model server": {
			version: "1.18.2", manifest: sklearn, values: `{predictor_servers: {X: {protocols: {seldon: {defaultImageVersion: 1.7}}}}}`,
			fault: finding.ValuesUnquoted,
		},
		"a bare number for credentials fails what is fetched": {
			version: "1.7.0", manifest: sklearn, values: `{credentials: {gcs: {gcsCredentialFileName: 1}}}`,
			fault: finding.ValuesUnquoted,
		},
		"a bare number for explainers fails an explainer without image": {
			version: "1.7.0", manifest: strings.Replace(ownImage, "    graph", "    explainer: {type: AnchorTabular}\n    graph", 1), values: `{explainer: {image: 1}}`,
			fault: finding.ValuesUnquoted,
		},
		"unless the manager's variable names one": {
			version: "1.7.0", manifest: strings.Replace(ownImage, "    graph", "    explainer: {type: AnchorTabular}\n    graph", 1),
			values: `{explainer: {image: 1}, seldonctl: {operator: {RELATED_IMAGE_EXPLAINER: "e:1"}}}`,
			want:   []string{`"image":"e:1"`},
		},
		"an empty quantity of the executor fails": {
			version: "1.7.0", manifest: sklearn, values: `{executor: {resources: {cpuLimit: ""}}}`,
			fault: finding.SettingNotAQuantity,
		},
		"unless the predictor has resources of its own": {
			version: "1.7.0", manifest: strings.Replace(sklearn, "    graph", "    svcOrchSpec: {resources: {}}\n    graph", 1),
			values: `{executor: {resources: {cpuLimit: ""}}}`,
			want:   []string{`"name":"seldon-container-engine"`},
		},
		"a missing quantity of the storage initializer fails": {
			version: "1.7.0", manifest: sklearn, values: `{storageInitializer: {memoryLimit: null}}`,
			fault: finding.SettingNotAQuantity,
		},
		"a Service port that is not a number fails": {
			version: "1.7.0", manifest: sklearn, values: `{engine: {port: web}}`,
			fault: finding.SettingNotANumber,
		},
		"an empty image of the executor is still joined": {
			version: "1.7.0", manifest: sklearn, values: `{executor: {image: {registry: ""}}}`,
			want: []string{`"image":"/seldonio/seldon-core-executor:1.7.0"`},
		},
		"a user of pods that is not a number fails": {
			version: "1.7.0", manifest: sklearn, values: `{defaultUserID: root}`,
			fault: finding.SettingNotANumber,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result := renderText(t, test.version, test.manifest, test.values, render.KubeVersion{})
			if test.fault != "" {
				if len(result.Objects) > 0 || !hasError(result.Findings, test.fault) {
					t.Fatalf("got %d objects and %v, want none and %s", len(result.Objects), result.Findings, test.fault)
				}
				return
			}
			if result.Findings.HasErrors() {
				t.Fatal(result.Findings)
			}
			text := asText(t, result)
			for _, want := range test.want {
				if !strings.Contains(text, want) {
					t.Errorf("%s is missing in\n%s", want, text)
				}
			}
			for _, not := range test.not {
				if strings.Contains(text, not) {
					t.Errorf("%s is in\n%s", not, text)
				}
			}
		})
	}
}

func hasError(findings finding.List, code finding.Code) bool {
	for _, f := range findings {
		if f.Code == code && f.Severity == finding.Error {
			return true
		}
	}
	return false
}

func TestAPIVersionsFollowTheCluster(t *testing.T) {
	t.Parallel()
	const scaled = `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: iris}
spec:
  predictors:
  - name: p
    graph: {name: m, implementation: SKLEARN_SERVER, modelUri: gs://b/m}
    componentSpecs:
    - spec: {containers: [{name: m}]}
      hpaSpec: {maxReplicas: 3, metrics: [{type: Resource, resource: {name: cpu, targetAverageUtilization: 70}}]}
      pdbSpec: {minAvailable: 1}
`
	const v2beta1 = `"targetAverageUtilization":70`
	const v2 = `"target":{"type":"Utilization","averageUtilization":70}`
	tests := map[string]struct {
		version, kube string
		want          []string
	}{
		"1.7.0 on a current cluster":                      {"1.7.0", "current", []string{`"autoscaling/v2"`, `"policy/v1"`, v2}},
		"1.7.0 on the last cluster with its own versions": {"1.7.0", "1.24", []string{`"autoscaling/v2beta1"`, `"policy/v1beta1"`, v2beta1}},
		"1.7.0 on the first without them":                 {"1.7.0", "v1.25.3", []string{`"autoscaling/v2"`, `"policy/v1"`, v2}},
		"1.18.2 on its own clusters":                      {"1.18.2", "1.27", []string{`"autoscaling/v2"`, `"policy/v1"`, v2}},
		"1.18.2 on a cluster without autoscaling/v2":      {"1.18.2", "1.22", []string{`"autoscaling/v2beta2"`, `"policy/v1"`, v2}},
		"1.18.2 on a cluster without policy/v1":           {"1.18.2", "1.20", []string{`"autoscaling/v2beta2"`, `"policy/v1beta1"`, v2}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kube, err := render.ParseKubeVersion(test.kube)
			if err != nil {
				t.Fatal(err)
			}
			text := asText(t, renderText(t, test.version, scaled, "{}", kube))
			for _, want := range test.want {
				if !strings.Contains(text, want) {
					t.Errorf("%s is missing in\n%s", want, text)
				}
			}
		})
	}
}

func TestParseKubeVersion(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"", "current", "1.27", "v1.27", "v1.27.3", "1.27.3+k3s1", "v1.27-eks", "1.27+"} {
		if _, err := render.ParseKubeVersion(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"1", "new", "1.x", "v.1", "1.2x", "-1.2", "1.-2"} {
		if v, err := render.ParseKubeVersion(bad); err == nil {
			t.Errorf("%q was read as %v", bad, v)
		}
	}
}

func TestKubeVersionIsKnown(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]string{
		"": "", "current": "", "1.12": "", "v1.27.3": "", "1.37": "",
		"1.99": "Kubernetes 1.99 is not known; the newest version that is known is 1.37, and API versions are those that it serves",
		"2.0":  "Kubernetes 2.0 is not known; the newest version that is known is 1.37, and API versions are those that it serves",
		"1.3":  "Kubernetes 1.3 does not serve all that is rendered; the oldest version that does is 1.12",
	} {
		kube, err := render.ParseKubeVersion(version)
		if err != nil {
			t.Fatal(err)
		}
		_, findings := render.New(render.Config{KubeVersion: kube})
		got := ""
		if len(findings) > 0 {
			got = findings[0].Message
		}
		if got != want || len(findings) > 1 {
			t.Errorf("%q: got %q, want %q", version, got, want)
		}
	}
}

// TestNewestKubeVersion fails when k8s.io/api is newer than the newest version
// that is taken for known.
func TestNewestKubeVersion(t *testing.T) {
	t.Parallel()
	modules, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	minor := regexp.MustCompile(`k8s\.io/api v0\.(\d+)\.`).FindSubmatch(modules)
	if minor == nil {
		t.Fatal("go.mod does not name k8s.io/api")
	}
	kube, err := render.ParseKubeVersion("1." + string(minor[1]))
	if err != nil {
		t.Fatal(err)
	}
	if _, findings := render.New(render.Config{KubeVersion: kube}); len(findings) > 0 {
		t.Errorf("%v; set newestKube", findings)
	}
	kube.Minor++
	if _, findings := render.New(render.Config{KubeVersion: kube}); len(findings) == 0 {
		t.Errorf("newestKube is newer than k8s.io/api")
	}
}

// TestRenderLeavesItsInputAlone renders twice from one value, which must give
// the same and leave the value as it was.
func TestRenderLeavesItsInputAlone(t *testing.T) {
	t.Parallel()
	const manifest = `
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: iris}
spec:
  predictors:
  - name: p
    graph:
      name: m
      implementation: SKLEARN_SERVER
      modelUri: gs://b/m
      endpoint: {type: REST}
      children: [{name: t, implementation: TENSORFLOW_SERVER, modelUri: gs://b/t}]
    svcOrchSpec: {env: [{name: A, value: b}]}
    componentSpecs:
    - metadata: {labels: {a: b}}
      spec:
        containers:
        - name: m
          env: [{name: PREDICTIVE_UNIT_PARAMETERS, value: x}]
          ports: [{containerPort: 1}]
          volumeMounts: [{name: podinfo, mountPath: /x}, {name: y, mountPath: /y}]
      kedaSpec: {triggers: [{type: cron, metadata: {}, authenticationRef: {name: a, kind: b}}]}
    explainer: {type: ALE, containerSpec: {name: e, ports: [{containerPort: 2}]}}
`
	for _, version := range []string{"1.7.0", "1.18.2"} {
		rel, err := release.Lookup(version)
		if err != nil {
			t.Fatal(err)
		}
		r, _ := render.New(render.Config{Release: rel})
		var sd, before seldon.Deployment
		for _, into := range []*seldon.Deployment{&sd, &before} {
			if err := yaml.UnmarshalStrict([]byte(manifest), into); err != nil {
				t.Fatal(err)
			}
		}
		first := asText(t, r.Render(render.Input{Deployment: &sd}))
		second := asText(t, r.Render(render.Input{Deployment: &sd}))
		if first == "" || first != second {
			t.Errorf("%s: the second rendering differs from the first", version)
		}
		got, _ := json.Marshal(&sd)
		want, _ := json.Marshal(&before)
		if string(got) != string(want) {
			t.Errorf("%s: the input changed to\n%s\nfrom\n%s", version, got, want)
		}
	}
}

func TestUnknownServersAreAnsweredWithThoseThereAre(t *testing.T) {
	t.Parallel()
	unknown := strings.Replace(sklearn, "SKLEARN_SERVER", "SOMETHING_ELSE", 1)
	for servers, want := range map[string]string{
		"{OTHER_SERVER: {}}": "the values have MLFLOW_SERVER, OTHER_SERVER, SKLEARN_SERVER, TENSORFLOW_SERVER, TRITON_SERVER, XGBOOST_SERVER",
		"null":               "add it there",
	} {
		result := renderText(t, "1.7.0", unknown, "{predictor_servers: "+servers+"}", render.KubeVersion{})
		i := slices.IndexFunc(result.Findings, func(f finding.Finding) bool { return f.Code == finding.UnknownServer })
		if i < 0 || result.Findings[i].Hint != want {
			t.Errorf("%s: got %v, want %q", servers, result.Findings, want)
		}
	}
}
