package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// saved are objects that an API server of Kubernetes 1.34 gave back, and what was
// rendered to get them there: created as the operator does, or with kubectl apply.
var saved = map[string]struct{ objects, model, values string }{
	"operator": {"operator-hpa.yaml", "testdata/recorded/inputs/authored/hpa-resource-metrics.yaml", "testdata/recorded/variants/default/values-1.18.2.yaml"},
	"kubectl":  {"kubectl-canary-istio.yaml", "examples/canary-istio/model.yaml", "examples/canary-istio/values.yaml"},
}

// TestDiffAgainstSavedObjects renders what the objects of a server came from, as
// it was and with a change of each kind of field.
func TestDiffAgainstSavedObjects(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, saved string
		// edit are texts of the model and what stands in their place, and live those
		// of the saved objects.
		edit, live []string
		args, want []string
	}{
		{name: "what the operator left", saved: "operator"},
		{name: "what kubectl applied", saved: "kubectl"},
		{name: "an autoscaler of the version it was given in", saved: "operator", args: []string{"--kube-version", "1.20"}},
		{
			name: "resources", saved: "operator", edit: []string{"cpu: 500m", "cpu: 700m"},
			want: []string{"Deployment weir-hpa-default-0-level: pods restart: spec.template.spec.containers[level].resources.requests.cpu, spec.template.spec.containers[seldon-container-engine].env[ENGINE_PREDICTOR].value"},
		},
		{name: "resources in another spelling, which the server would store alike", saved: "operator", edit: []string{"cpu: 500m", "cpu: 0.5"}},
		{
			name: "limits of the autoscaler", saved: "operator", edit: []string{"maxReplicas: 6", "maxReplicas: 7"},
			want: []string{
				"Deployment weir-hpa-default-0-level: pods restart: spec.template.spec.containers[seldon-container-engine].env[ENGINE_PREDICTOR].value",
				"HorizontalPodAutoscaler weir-hpa-default-0-level: changes in place: spec.maxReplicas",
			},
		},
		{name: "replicas under an autoscaler", saved: "operator", edit: []string{"replicas: 2", "replicas: 3"}},
		{
			name: "an image", saved: "operator", edit: []string{"        - name: level\n", "        - name: level\n          image: example.com/level:2\n"},
			want: []string{"Deployment weir-hpa-default-0-level: pods restart: spec.template.spec.containers[level].env[PREDICTIVE_UNIT_IMAGE].value, spec.template.spec.containers[level].image, spec.template.spec.containers[seldon-container-engine].env[ENGINE_PREDICTOR].value"},
		},
		{
			name: "a model", saved: "operator", edit: []string{"gs://rivers/level", "gs://rivers/level2"},
			want: []string{"Deployment weir-hpa-default-0-level: pods restart: spec.template.spec.containers[seldon-container-engine].env[ENGINE_PREDICTOR].value, spec.template.spec.initContainers[level-model-initializer].args[0]"},
		},
		{
			name: "an annotation of everything", saved: "operator", edit: []string{"spec:\n  predictors:", "spec:\n  annotations: {team: rivers}\n  predictors:"},
			want: []string{"Deployment weir-hpa-default-0-level: pods restart: spec.template.metadata.annotations.team"},
		},
		{
			name: "a headless Service", saved: "operator", edit: []string{"spec:\n  predictors:", "spec:\n  annotations: {seldon.io/headless-svc: 'true'}\n  predictors:"},
			want: []string{
				"Service weir-hpa-default: must be replaced: spec.clusterIP is immutable",
				"Deployment weir-hpa-default-0-level: pods restart: spec.template.metadata.annotations[seldon.io/headless-svc]",
			},
		},
		{
			name: "another name", saved: "operator", edit: []string{"name: weir-hpa", "name: weir"},
			want: []string{
				"Service weir-default: would be created", "Service weir-default-level: would be created",
				"Service weir-hpa-default: would be removed", "Service weir-hpa-default-level: would be removed",
				"Deployment weir-default-0-level: would be created", "Deployment weir-hpa-default-0-level: would be removed",
				"HorizontalPodAutoscaler weir-default-0-level: would be created", "HorizontalPodAutoscaler weir-hpa-default-0-level: would be removed",
			},
		},
		{
			name: "traffic", saved: "kubectl", edit: []string{"traffic: 90", "traffic: 80", "traffic: 10", "traffic: 20"},
			want: []string{"VirtualService recommender: changes in place: spec.http[0].route[0].weight, spec.http[0].route[1].weight, spec.http[1].route[0].weight, spec.http[1].route[1].weight"},
		},
		{
			name: "a budget", saved: "kubectl", edit: []string{"minAvailable: 1", "maxUnavailable: 1"},
			want: []string{
				"Deployment recommender-canary-0-recommender: pods restart: spec.template.spec.containers[seldon-container-engine].env[ENGINE_PREDICTOR].value",
				"PodDisruptionBudget recommender-canary-0-recommender: changes in place: spec.maxUnavailable, spec.minAvailable",
			},
		},
		{
			name: "kubectl set image", saved: "operator", live: []string{"image: seldonio/sklearnserver:1.18.2", "image: seldonio/sklearnserver:1.18.2-patched"},
			want: []string{"Deployment weir-hpa-default-0-level: pods restart: spec.template.spec.containers[level].image"},
		},
		{
			name: "a variable that nobody would remove", saved: "operator",
			live: []string{"        - env:\n          - name: PREDICTIVE_UNIT_SERVICE_PORT", "        - env:\n          - {name: MORE, value: '1'}\n          - name: PREDICTIVE_UNIT_SERVICE_PORT"},
			want: []string{"Deployment weir-hpa-default-0-level: pods restart: spec.template.spec.containers[level].env"},
		},
		{
			name: "kubectl set env, which kubectl apply leaves", saved: "kubectl",
			live: []string{"        - env:\n          - name: PREDICTIVE_UNIT_SERVICE_PORT", "        - env:\n          - {name: MORE, value: '1'}\n          - name: PREDICTIVE_UNIT_SERVICE_PORT"},
		},
		{
			name: "kubectl rollout restart", saved: "operator",
			live: []string{"      metadata:\n        annotations:\n", "      metadata:\n        annotations:\n          kubectl.kubernetes.io/restartedAt: now\n"},
		},
		{
			name: "kubectl scale under an autoscaler", saved: "operator", live: []string{"    replicas: 1\n", "    replicas: 4\n"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			from := saved[tt.saved]
			replaced := func(name string, edit []string) string {
				text, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				for i := 0; i < len(edit); i += 2 {
					if !strings.Contains(string(text), edit[i]) {
						t.Fatalf("%s lacks %q", name, edit[i])
					}
				}
				return strings.NewReplacer(edit...).Replace(string(text))
			}
			model := filepath.Join(t.TempDir(), "model.yaml")
			text := replaced(filepath.Join("../..", filepath.FromSlash(from.model)), tt.edit)
			if err := os.WriteFile(model, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			args := []string{
				"diff", "--from-objects", "-", model, "-o", "json", "--stat",
				"--values", filepath.Join("../..", filepath.FromSlash(from.values)), "--seldon-version", "1.18.2",
			}
			code, out, said := run(replaced(filepath.Join("testdata", "live", from.objects), tt.live), append(args, tt.args...)...)
			if code != min(len(tt.want), 1) {
				t.Errorf("exit code %d: %s", code, said)
			}
			var report struct {
				Objects []struct {
					Kind, Name, Verdict, Owner string
					Paths, Reasons             []string
				}
			}
			if err := json.Unmarshal([]byte(out), &report); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, o := range report.Objects {
				line := o.Kind + " " + o.Name + ": " + o.Verdict
				about := o.Paths
				if o.Reasons != nil || strings.HasPrefix(o.Verdict, "would") {
					about = o.Reasons
				}
				if about != nil {
					line += ": " + strings.Join(about, ", ")
				}
				if o.Verdict != "unchanged" && o.Owner == "" {
					got = append(got, line)
				}
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("- want, + got:\n%s", d)
			}
		})
	}
}
