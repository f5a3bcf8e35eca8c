package podsecurity

import (
	"encoding/json"
	"testing"

	appsv1 "k8s.io/api/apps/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"

	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/internal/platform"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
)

// Over all recorded inputs: what podSecurity lets through, the evaluator does
// too, and what podSecurity refuses, the evaluator refuses.
func TestCorpus(t *testing.T) {
	t.Parallel()
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, level := range []api.Level{api.LevelBaseline, api.LevelRestricted} {
		for _, version := range []string{"1.7.0", "1.12.0", "1.14.1", "1.18.2"} {
			t.Run(string(level)+"/"+version, func(t *testing.T) {
				t.Parallel()
				rel, err := release.Lookup(version)
				if err != nil {
					t.Fatal(err)
				}
				passed, refused := check(t, evaluator, level, rel)
				t.Logf("%d pods pass, %d SeldonDeployments are refused", passed, refused)
				if passed == 0 {
					t.Error("nothing was looked at")
				}
			})
		}
	}
}

func check(t *testing.T, evaluator policy.Evaluator, level api.Level, rel *release.Release) (passed, refused int) {
	t.Helper()
	p := &platform.Platform{}
	file := "apiVersion: seldonctl.io/v1alpha1\nkind: SeldonPlatform\nspec:\n  rules:\n  - podSecurity: " + string(level) + "\n"
	if findings := p.Read("platform.yaml", []byte(file)); len(findings) > 0 {
		t.Fatal(findings)
	}
	version := api.LevelVersion{Level: level, Version: api.LatestVersion()}
	for c := range corpus.Cases(t, rel) {
		renderer, _ := render.New(c.Config)
		for _, doc := range c.Documents {
			sd, locator, _ := c.Decoder.Deployment(doc)
			objects := renderer.Render(render.Input{Deployment: sd, Locator: locator}).Objects
			objects, findings := p.Apply(platform.Input{Deployment: sd, Locator: locator, Release: rel.Version, Objects: objects})
			right := true
			for _, o := range objects {
				if o.Kind != "Deployment" {
					continue
				}
				data, err := json.Marshal(o.Value)
				if err != nil {
					t.Fatal(err)
				}
				var d appsv1.Deployment
				if err := json.Unmarshal(data, &d); err != nil {
					t.Fatal(err)
				}
				result := policy.AggregateCheckResults(evaluator.EvaluatePod(version, &d.Spec.Template.ObjectMeta, &d.Spec.Template.Spec))
				if !result.Allowed {
					right = false
					if !findings.HasErrors() {
						t.Errorf("%s: %s: %s", c, o.Name, result.ForbiddenDetail())
					}
					continue
				}
				passed++
			}
			if findings.HasErrors() {
				refused++
				if right {
					t.Errorf("%s: refused, though it passes: %s", c, findings[0].Message)
				}
			}
		}
	}
	return passed, refused
}
