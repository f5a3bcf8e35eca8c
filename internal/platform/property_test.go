package platform_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/internal/platform"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
)

func read(t testing.TB, text string) *platform.Platform {
	t.Helper()
	p := &platform.Platform{}
	if findings := p.Read("platform.yaml", []byte(text)); len(findings) > 0 {
		t.Fatal(findings)
	}
	return p
}

// rules returns a platform file with the rules, each indented by two.
func rules(list string) string {
	return "apiVersion: seldonctl.io/v1alpha1\nkind: SeldonPlatform\nspec:\n  rules:\n" + list
}

// each renders the corpus of some releases and calls use for each
// SeldonDeployment that renders.
func each(t *testing.T, use func(name string, rel *release.Release, render func() (*seldon.Deployment, []manifest.Object))) {
	t.Helper()
	for _, rel := range []*release.Release{release.Default(), lookup(t, "1.14"), lookup(t, "1.18.2")} {
		for c := range corpus.Cases(t, rel) {
			renderer, _ := render.New(c.Config)
			for i, doc := range c.Documents {
				use(fmt.Sprintf("%s %s %d", rel.Version, c, i), rel, func() (*seldon.Deployment, []manifest.Object) {
					sd, _, _ := c.Decoder.Deployment(doc)
					return sd, renderer.Render(render.Input{Deployment: sd}).Objects
				})
			}
		}
	}
}

func lookup(t *testing.T, version string) *release.Release {
	t.Helper()
	rel, err := release.Lookup(version)
	if err != nil {
		t.Fatal(err)
	}
	return rel
}

func apply(p *platform.Platform, rel *release.Release, sd *seldon.Deployment, objects []manifest.Object) ([]manifest.Object, finding.List) {
	return p.Apply(platform.Input{Deployment: sd, Release: rel.Version, Objects: objects})
}

func texts(t testing.TB, objects []manifest.Object) []string {
	t.Helper()
	out := make([]string, len(objects))
	for i, o := range objects {
		data, err := json.Marshal(o.Value)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = o.Kind + "/" + o.Name + " " + string(data)
	}
	return out
}

const everything = `
  - podSecurity: restricted
    imagePullSecrets: [registry]
    caBundle: {configMap: ca}
    mirrors: [docker.io=registry.example.org/hub]
    topologySpread: {topologyKey: topology.kubernetes.io/zone}
    budget: {}
    podMonitor: {labels: {team: ml}, interval: 30s}
    defaults:
      pod: {metadata: {labels: {cost: ml}, annotations: {owner: ml}}, spec: {priorityClassName: ml, tolerations: [{key: ml, operator: Exists}]}}
      initializer: {resources: {limits: {memory: 512Mi}}}
      server: {resources: {requests: {cpu: 50m}}, env: [{name: TEAM, value: ml}]}
      orchestrator: {resources: {limits: {cpu: "1"}}}
      explainer: {resources: {limits: {memory: 1Gi}}}
      deployment: {metadata: {annotations: {a: b}}, spec: {revisionHistoryLimit: 3}}
      service: {metadata: {annotations: {a: b}}}
      autoscaler: {spec: {minReplicas: 2, behavior: {scaleDown: {stabilizationWindowSeconds: 60}}}}
      scaledObject: {metadata: {annotations: {a: b}}, spec: {pollingInterval: 10}}
      budget: {spec: {maxUnavailable: 1}}
    enforce:
      pod: {spec: {nodeSelector: {pool: ml}}}
      server: {imagePullPolicy: Always}
`

// A platform that is applied twice changes nothing the second time.
func TestTwiceIsOnce(t *testing.T) {
	t.Parallel()
	p := read(t, rules(everything))
	each(t, func(name string, rel *release.Release, render func() (*seldon.Deployment, []manifest.Object)) {
		sd, objects := render()
		objects, _ = apply(p, rel, sd, objects)
		once := texts(t, objects)
		objects, _ = apply(p, rel, sd, objects)
		if diff := cmp.Diff(once, texts(t, objects)); diff != "" {
			t.Errorf("%s: (-once +twice):\n%s", name, diff)
		}
	})
}

// What rules give never reaches what the orchestrator is shown, what the user
// wrote, or a rendering that is done again.
func TestNothingElseChanges(t *testing.T) {
	t.Parallel()
	p := read(t, rules(everything))
	each(t, func(name string, rel *release.Release, render func() (*seldon.Deployment, []manifest.Object)) {
		sd, objects := render()
		before, source := texts(t, objects), marshal(t, sd)
		payloads := payloadsOf(objects)
		objects, _ = apply(p, rel, sd, objects)
		if diff := cmp.Diff(payloads, payloadsOf(objects)); diff != "" {
			t.Errorf("%s: ENGINE_PREDICTOR changed:\n%s", name, diff)
		}
		if diff := cmp.Diff(source, marshal(t, sd)); diff != "" {
			t.Errorf("%s: the input changed:\n%s", name, diff)
		}
		_, again := render()
		if diff := cmp.Diff(before, texts(t, again)); diff != "" {
			t.Errorf("%s: rendering again gives:\n%s", name, diff)
		}
	})
}

func marshal(t testing.TB, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func pods(objects []manifest.Object) []*corev1.PodSpec {
	var all []*corev1.PodSpec
	for _, o := range objects {
		if v, ok := o.Value.(interface{ PodSpec() *corev1.PodSpec }); ok && v.PodSpec() != nil {
			all = append(all, v.PodSpec())
		}
	}
	return all
}

func payloadsOf(objects []manifest.Object) []string {
	var all []string
	for _, pod := range pods(objects) {
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

// Defaults never change what the SeldonDeployment sets, and what is enforced
// always holds.
func TestPrecedence(t *testing.T) {
	t.Parallel()
	fragment := `
      pod: {spec: {terminationGracePeriodSeconds: 77, priorityClassName: ml, nodeSelector: {disk: ml}}}
      server: {imagePullPolicy: Never, resources: {limits: {memory: 77Mi}}, env: [{name: LOG_LEVEL, value: ml}]}
      orchestrator: {resources: {limits: {memory: 77Mi}}}
`
	defaults := read(t, rules("  - defaults:"+fragment))
	enforced := read(t, rules("  - enforce:"+fragment))
	sets := 0
	each(t, func(name string, rel *release.Release, render func() (*seldon.Deployment, []manifest.Object)) {
		sd, objects := render()
		before := map[string]*corev1.PodSpec{}
		for _, o := range objects {
			for _, pod := range pods([]manifest.Object{o}) {
				before[o.Name] = pod.DeepCopy()
			}
		}
		objects, _ = apply(defaults, rel, sd, objects)
		for _, o := range objects {
			for _, pod := range pods([]manifest.Object{o}) {
				sets += checkKept(t, name, o, before[o.Name], pod, sd)
			}
		}
		sd, objects = render()
		objects, _ = apply(enforced, rel, sd, objects)
		for _, pod := range pods(objects) {
			if *pod.TerminationGracePeriodSeconds != 77 || pod.PriorityClassName != "ml" || pod.NodeSelector["disk"] != "ml" {
				t.Errorf("%s: not enforced", name)
			}
			for _, c := range pod.Containers {
				if c.Name == "seldon-container-engine" && c.Resources.Limits.Memory().String() != "77Mi" {
					t.Errorf("%s: not enforced on the orchestrator", name)
				}
			}
		}
	})
	if sets == 0 {
		t.Error("no field of the corpus stands against a default")
	}
}

// checkKept compares what the user sets with what came of it, and returns how
// many fields that were.
func checkKept(t *testing.T, name string, o manifest.Object, before, after *corev1.PodSpec, sd *seldon.Deployment) int {
	t.Helper()
	v := o.Value.(interface {
		Predictor() (int, bool)
		Component() int
	})
	i, _ := v.Predictor()
	p := &sd.Spec.Predictors[i]
	if j := v.Component(); j >= 0 && j < len(p.ComponentSpecs) {
		cs := p.ComponentSpecs[j]
		n := 0
		if cs.Spec.TerminationGracePeriodSeconds != nil {
			n++
			if *after.TerminationGracePeriodSeconds != *before.TerminationGracePeriodSeconds {
				t.Errorf("%s: %s: terminationGracePeriodSeconds changed", name, o.Name)
			}
		}
		for _, c := range cs.Spec.Containers {
			was, is := find(before, c.Name), find(after, c.Name)
			if was == nil || is == nil {
				continue
			}
			for _, set := range []struct {
				given    bool
				was, got string
			}{
				{c.ImagePullPolicy != "", string(was.ImagePullPolicy), string(is.ImagePullPolicy)},
				{!c.Resources.Limits.Memory().IsZero(), was.Resources.Limits.Memory().String(), is.Resources.Limits.Memory().String()},
			} {
				if set.given {
					n++
					if set.was != set.got {
						t.Errorf("%s: %s: container %s: %s became %s", name, o.Name, c.Name, set.was, set.got)
					}
				}
			}
		}
		return n
	}
	return 0
}

func find(pod *corev1.PodSpec, name string) *corev1.Container {
	i := slices.IndexFunc(pod.Containers, func(c corev1.Container) bool { return c.Name == name })
	if i < 0 {
		return nil
	}
	return &pod.Containers[i]
}

// The order of rules that have nothing in common does not matter.
func TestOrderOfUnrelatedRules(t *testing.T) {
	t.Parallel()
	const a, b = `
  - defaults:
      pod: {spec: {priorityClassName: ml}}
`, `
  - enforce:
      server: {imagePullPolicy: Always}
`
	one, other := read(t, rules(a+b)), read(t, rules(b+a))
	each(t, func(name string, rel *release.Release, render func() (*seldon.Deployment, []manifest.Object)) {
		sd, objects := render()
		objects, _ = apply(one, rel, sd, objects)
		_, second := render()
		second, _ = apply(other, rel, sd, second)
		if diff := cmp.Diff(texts(t, objects), texts(t, second)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	})
}

// A PodMonitor selects the pods that are scraped and no others.
func TestPodMonitors(t *testing.T) {
	t.Parallel()
	p := read(t, rules("  - podMonitor: {}\n"))
	monitors := 0
	each(t, func(name string, rel *release.Release, render func() (*seldon.Deployment, []manifest.Object)) {
		sd, objects := render()
		scraped := map[string]bool{}
		for _, o := range objects {
			if strings.Contains(marshal(t, o.Value), `"prometheus.io/scrape":"true"`) && o.Kind == "Deployment" {
				scraped[o.Name] = true
			}
		}
		objects, _ = apply(p, rel, sd, objects)
		for _, o := range objects {
			if o.Kind == "PodMonitor" {
				monitors++
				if !scraped[o.Name] {
					t.Errorf("%s: a PodMonitor for %s, which is not scraped", name, o.Name)
				}
				delete(scraped, o.Name)
			}
		}
		for _, o := range objects {
			if o.Kind == "Deployment" && scraped[o.Name] && !strings.Contains(marshal(t, o.Value), `"prometheus.io/scrape":"true"`) {
				t.Errorf("%s: %s is scraped no more", name, o.Name)
			}
		}
	})
	if monitors == 0 {
		t.Error("no PodMonitor in the whole corpus")
	}
}

// Every example is right, and the schema takes it.
func TestExamples(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../examples/platform/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		read(t, string(text))
		if err := judge(t, text); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	if err := judge(t, []byte(rules(everything))); err != nil {
		t.Error(err)
	}
	if judge(t, []byte(rules("  - {podSecurity: restricted, unknown: true}\n"))) == nil {
		t.Error("the schema takes an unknown key")
	}
}

// judge holds a platform file against the schema that docs has.
func judge(t *testing.T, text []byte) error {
	t.Helper()
	schema, err := jsonschema.NewCompiler().Compile("../../docs/seldonplatform.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	data, err := yaml.YAMLToJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(value)
}
