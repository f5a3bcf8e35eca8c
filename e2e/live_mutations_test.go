package e2e

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/e2e/cluster"
	"github.com/seldonctl/seldonctl/e2e/product"
)

// mutated is what mutations change. It has something of everything that they are
// about.
const mutated = `apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata:
  name: iris
  namespace: models
spec:
  annotations: {team: flowers}
  predictors:
  - name: main
    annotations: {seldon.io/rest-timeout: "1000"}
    labels: {tier: gold}
    replicas: 2
    traffic: 70
    svcOrchSpec:
      resources: {requests: {cpu: "1"}}
    graph:
      name: model
      type: MODEL
      parameters: [{name: depth, type: INT, value: "3"}]
    componentSpecs:
    - metadata: {annotations: {note: first}}
      pdbSpec: {minAvailable: 1}
      spec:
        terminationGracePeriodSeconds: 20
        nodeSelector: {disk: ssd}
        tolerations: [{key: gpu, operator: Exists}]
        imagePullSecrets: [{name: registry}]
        volumes: [{name: data, emptyDir: {}}]
        containers:
        - name: model
          image: example.org/model:1
          args: [serve]
          env: [{name: A, value: "1"}, {name: B, value: "2"}]
          resources: {limits: {memory: 1Gi}}
          volumeMounts: [{name: data, mountPath: /data}]
          readinessProbe: {httpGet: {path: /ready, port: 9000}, periodSeconds: 10}
          securityContext: {runAsUser: 1000}
  - name: canary
    traffic: 30
    graph: {name: model, type: MODEL}
    componentSpecs:
    - hpaSpec:
        minReplicas: 1
        maxReplicas: 3
        metricsv2: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
      spec:
        containers:
        - name: model
          image: example.org/model:2
`

// mutation is a change of what is rendered: of a text of the input, by more flags,
// or by a rule of a platform.
type mutation struct {
	name     string
	from, to string
	flags    []string
	rule     string
}

// mutations are of each class of fields that a rendered object has, and some that
// a server takes for no change.
func mutations() []mutation {
	return []mutation{
		{name: "nothing"},
		{name: "an image", from: "model:1", to: "model:9"},
		{name: "a variable", from: `value: "1"`, to: `value: "9"`},
		{name: "a new variable", from: `{name: B,`, to: `{name: C, value: x}, {name: B,`},
		{name: "the order of variables", from: `{name: A, value: "1"}, {name: B, value: "2"}`, to: `{name: B, value: "2"}, {name: A, value: "1"}`},
		{name: "a variable less", from: `, {name: B, value: "2"}`},
		{name: "an argument", from: "[serve]", to: "[serve, fast]"},
		{name: "no arguments", from: "          args: [serve]\n"},
		{name: "a limit", from: "memory: 1Gi", to: "memory: 2Gi"},
		{name: "another spelling of a limit", from: "memory: 1Gi", to: "memory: 1024Mi"},
		{name: "another spelling of a request", from: `cpu: "1"`, to: "cpu: 1000m"},
		{name: "a request of the orchestrator", from: `cpu: "1"`, to: `cpu: "2"`},
		{name: "no resources", from: "          resources: {limits: {memory: 1Gi}}\n"},
		{name: "a probe", from: "/ready", to: "/live"},
		{name: "a default of a probe", from: "port: 9000}, periodSeconds: 10", to: "port: 9000, scheme: HTTP}, periodSeconds: 10, successThreshold: 1"},
		{name: "a user", from: "runAsUser: 1000", to: "runAsUser: 2000"},
		{name: "a mount", from: "mountPath: /data", to: "mountPath: /other"},
		{name: "a volume", from: "emptyDir: {}", to: "emptyDir: {medium: Memory}"},
		{name: "another kind of volume", from: "emptyDir: {}", to: "configMap: {name: data}"},
		{name: "a grace period", from: "terminationGracePeriodSeconds: 20", to: "terminationGracePeriodSeconds: 60"},
		{name: "a node selector", from: "disk: ssd", to: "disk: hdd"},
		{name: "a toleration", from: "{key: gpu, operator: Exists}", to: "{key: gpu, operator: Exists, effect: NoSchedule}"},
		{name: "a pull secret", from: "{name: registry}", to: "{name: other}"},
		{name: "affinity", from: "        nodeSelector:", to: "        affinity: {podAntiAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1, podAffinityTerm: {topologyKey: kubernetes.io/hostname}}]}}\n        nodeSelector:"},
		{name: "defaults of a pod", from: "        nodeSelector:", to: "        restartPolicy: Always\n        dnsPolicy: ClusterFirst\n        hostNetwork: false\n        nodeSelector:"},
		{name: "another container", from: "        - name: model\n          image: example.org/model:1", to: "        - {name: sidecar, image: example.org/sidecar:1}\n        - name: model\n          image: example.org/model:1"},
		{name: "an init container", from: "        containers:\n        - name: model\n          image: example.org/model:1", to: "        initContainers: [{name: init, image: example.org/init:1}]\n        containers:\n        - name: model\n          image: example.org/model:1"},
		{name: "a parameter of the graph", from: `value: "3"`, to: `value: "4"`},
		{name: "a label of a predictor", from: "tier: gold", to: "tier: silver"},
		{name: "an annotation of all", from: "team: flowers", to: "team: trees"},
		{name: "an annotation of a predictor", from: `"1000"`, to: `"2000"`},
		{name: "an annotation of pods", from: "note: first", to: "note: second"},
		{name: "replicas", from: "replicas: 2", to: "replicas: 3"},
		{name: "a gateway", flags: []string{"--set", "istio.gateway=models/other"}},
		{name: "the most replicas", from: "maxReplicas: 3", to: "maxReplicas: 5"},
		{name: "a metric", from: "averageUtilization: 70", to: "averageUtilization: 50"},
		{name: "no autoscaler", from: "    - hpaSpec:\n        minReplicas: 1\n        maxReplicas: 3\n        metricsv2: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]\n      spec:", to: "    - spec:"},
		{name: "a budget", from: "minAvailable: 1", to: "minAvailable: 2"},
		{name: "a budget the other way", from: "minAvailable: 1", to: "maxUnavailable: 1"},
		{name: "another name of a predictor", from: "name: canary", to: "name: challenger"},
		{name: "another release", flags: []string{"--seldon-version", older}},
		{name: "the orchestrator's image", flags: []string{"--set", "executor.image.tag=other"}},
		{name: "a value that matters to nobody", flags: []string{"--set", "manager.logLevel=DEBUG"}},
		{name: "a strategy", rule: "enforce: {deployment: {spec: {strategy: {type: Recreate}}}}"},
		{name: "how fast to roll out", rule: "enforce: {deployment: {spec: {minReadySeconds: 5, progressDeadlineSeconds: 30, revisionHistoryLimit: 2}}}"},
		{name: "defaults of a Deployment", rule: "enforce: {deployment: {spec: {progressDeadlineSeconds: 600, revisionHistoryLimit: 10}}}"},
		{name: "a label of Deployments", rule: "enforce: {deployment: {metadata: {labels: {cost: ml}}}}"},
		{name: "a kind of Service", rule: "enforce: {service: {spec: {type: NodePort}}}"},
		{name: "headless Services", rule: "enforce: {service: {spec: {clusterIP: None}}}"},
		{name: "affinity of sessions", rule: "enforce: {service: {spec: {sessionAffinity: ClientIP}}}"},
		{name: "defaults of a Service", rule: "enforce: {service: {spec: {type: ClusterIP, sessionAffinity: None, internalTrafficPolicy: Cluster}}}"},
		{name: "an annotation of Services", rule: "enforce: {service: {metadata: {annotations: {a: b}}}}"},
		{name: "behavior of an autoscaler", rule: "enforce: {autoscaler: {spec: {behavior: {scaleDown: {stabilizationWindowSeconds: 60}}}}}"},
		{name: "a security standard", rule: "podSecurity: restricted"},
		{name: "a spread of pods", rule: "topologySpread: {}"},
		{name: "a group of files", rule: "enforce: {pod: {spec: {securityContext: {fsGroup: 5}}}}"},
	}
}

// TestLiveMutations changes what is rendered in one thing each, and compares the
// cluster with it. What seldonctl says becomes of each object is what then happens
// when it is applied: pods restart where a ReplicaSet is added, an object must be
// replaced where the server refuses it.
func TestLiveMutations(t *testing.T) {
	env := start(t)
	env.startControllers(t)
	for _, way := range []struct {
		name   string
		render []string
		apply  []string
	}{
		{"client-side", nil, nil},
		{"server-side", []string{"--server-side-apply"}, []string{"--server-side"}},
	} {
		t.Run(way.name, func(t *testing.T) {
			before, after := env.mutate(t, "mutate-"+way.name, way.render...)
			env.createNeeds(t, before)
			env.apply(t, before, way.apply...)
			env.settle(t, before)
			was, setsBefore := env.stored(t, before), env.generations(t, before)
			verdicts := env.verdicts(t, after, way.render...)
			env.apply(t, after, way.apply...)
			env.settle(t, after)
			is, setsAfter := env.stored(t, after), env.generations(t, after)
			counts := make(map[string]int)
			for i, w := range after {
				rendered := objectCounts([]*work{w})
				for _, v := range verdicts[i] {
					k := key{v.Kind, w.Namespace, v.Name}
					restarted := !slices.Equal(setsBefore[k].lasting.ReplicaSets, setsAfter[k].lasting.ReplicaSets)
					happened := whatHappened(was[k], is[k], rendered[k] > 0, restarted)
					if counts[v.Verdict]++; v.Verdict != happened {
						t.Errorf("%s: %s: seldonctl says %q (%v %v), the server %q", w.Name, k, v.Verdict, v.Paths, v.Reasons, happened)
					}
				}
			}
			for _, verdict := range []string{unchanged, inPlace, podsRestart, mustReplace, wouldCreate, wouldRemove} {
				if counts[verdict] == 0 {
					t.Errorf("no mutation has the verdict %q", verdict)
				}
			}
			t.Logf("%d mutations; objects by verdict: %v", len(after), counts)
		})
	}
}

// whatHappened says in the words of seldonctl what became of an object when what is
// rendered was applied.
func whatHappened(was, is *cluster.Object, rendered, restarted bool) string {
	switch {
	case !rendered && was == nil:
		// A controller made it.
		return ofAnother
	case !rendered:
		return wouldRemove
	case was == nil:
		return wouldCreate
	case !hasMark(is):
		return mustReplace
	case restarted:
		return podsRestart
	case reflect.DeepEqual(meaning(was), meaning(is)):
		return unchanged
	}
	return inPlace
}

// meaning returns an object without what applying leaves on it.
func meaning(o *cluster.Object) []any {
	annotations := make(map[string]string)
	for key, value := range o.GetAnnotations() {
		if key != mark && !strings.HasPrefix(key, "kubectl.kubernetes.io/") && !strings.HasPrefix(key, "deployment.kubernetes.io/") {
			annotations[key] = value
		}
	}
	return []any{o.Object["spec"], o.Object["data"], o.GetLabels(), annotations}
}

// mutate renders the input as it is, and with each mutation, for namespaces that
// each mutation has of its own.
func (env *environment) mutate(t *testing.T, prefix string, flags ...string) (before, after []*work) {
	t.Helper()
	dir := t.TempDir()
	for i, m := range mutations() {
		file := filepath.Join(dir, fmt.Sprint(i))
		if m.from != "" && strings.Count(mutated, m.from) != 1 {
			t.Fatalf("%s: %q is in the input %d times", m.name, m.from, strings.Count(mutated, m.from))
		}
		plain := product.Case{Release: newer, Variant: "mutation", Name: m.name, Input: file + ".yaml", Flags: []string{"--set", "istio.enabled=true"}}
		changed := plain
		changed.Input = file + "-changed.yaml"
		changed.Flags = slices.Concat(plain.Flags, m.flags)
		write(t, plain.Input, mutated)
		write(t, changed.Input, strings.Replace(mutated, m.from, m.to, 1))
		if m.rule != "" {
			write(t, file+"-platform.yaml", "apiVersion: seldonctl.io/v1alpha1\nkind: SeldonPlatform\nspec: {rules: [{"+m.rule+"}]}\n")
			changed.Flags = append(changed.Flags, "--platform", file+"-platform.yaml")
		}
		namespace := fmt.Sprintf("%s-%04d", prefix, i)
		before = append(before, &work{Case: plain, Namespace: namespace, original: "models"})
		after = append(after, &work{Case: changed, Namespace: namespace, original: "models"})
	}
	env.createNamespaces(t, before, nil)
	each(t, slices.Concat(before, after), func(ctx context.Context, _ int, w *work) error {
		rendering, err := env.program.Render(ctx, w.Case, slices.Concat(flags, []string{"--only-rendered", "--kube-version", env.kubeVersion})...)
		if len(rendering.Objects) == 0 && err == nil {
			err = fmt.Errorf("%s: %s", w, rendering.Said)
		}
		w.Objects = rendering.Objects
		return err
	})
	for i := range before {
		before[i].Objects = env.place(t, before[i].Objects, before[i].Namespace)
		after[i].Objects = env.place(t, after[i].Objects, after[i].Namespace)
		setMark(after[i].Objects)
	}
	return before, after
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
