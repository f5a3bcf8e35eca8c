package render_test

import (
	"slices"
	"strings"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// TestPrefixesOfOthersAreWarnedOf has Mappings of the user's own in a
// SeldonDeployment iris of the namespace models.
func TestPrefixesOfOthersAreWarnedOf(t *testing.T) {
	t.Parallel()
	const namespaced, single = "ambassador: {enabled: true, version: v1}", "ambassador: {enabled: true, version: v1, singleNamespace: true}"
	mapping := func(prefix string) string {
		return "---\napiVersion: ambassador/v1\nkind: Mapping\nprefix: " + prefix + "\n"
	}
	for _, c := range []struct {
		name, values, config string
		// want is whose requests are taken, in the words of the message.
		want string
	}{
		{"its own", namespaced, mapping("/seldon/models/iris/"), ""},
		{"below its own", namespaced, mapping("/seldon/models/iris/v2"), ""},
		{"nobody's", namespaced, mapping("/iris/"), ""},
		{"another namespace's", namespaced, mapping("/seldon/other/iris/"), "another namespace"},
		{"another's of the namespace", namespaced, mapping("/seldon/models/irish/"), "another SeldonDeployment"},
		{"a second Mapping", namespaced, mapping("/seldon/models/iris/") + mapping("/seldon/other/x/"), "another namespace"},
		{"a namespace", namespaced, mapping("/seldon/models/"), "every SeldonDeployment of namespace models"},
		{"all", namespaced, mapping("/seldon"), "every SeldonDeployment"},
		{"everything", namespaced, mapping("/"), "every SeldonDeployment"},
		{"its own in a single namespace", single, mapping("/seldon/iris/"), ""},
		{"another's in a single namespace", single, mapping("/seldon/other/"), "another SeldonDeployment"},
		{"not YAML", namespaced, "prefix: [", ""},
		{"aliases of aliases", namespaced, "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\nprefix: *d\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rel := release.Default()
			v, _ := values.Load(rel, values.File("values.yaml", []byte(c.values)))
			r, _ := render.New(render.Config{Release: rel, Values: v})
			sd := &seldon.Deployment{
				Metadata: metav1.ObjectMeta{Name: "iris", Namespace: "models"},
				Spec: seldon.DeploymentSpec{
					Annotations: map[string]string{seldon.AnnotationAmbassadorConfig: c.config},
					Predictors: []seldon.Predictor{{Name: "p", Graph: seldon.Unit{
						Name: "m", Implementation: new("SKLEARN_SERVER"), ModelURI: "gs://bucket/iris",
					}}},
				},
			}
			result := r.Render(render.Input{Deployment: sd})
			i := slices.IndexFunc(result.Findings, func(f finding.Finding) bool { return f.Code == finding.ForeignPrefix })
			switch {
			case len(result.Objects) == 0:
				t.Error(result.Findings)
			case i < 0 && c.want != "":
				t.Errorf("nothing about %s: %v", c.want, result.Findings)
			case i >= 0 && (c.want == "" || !strings.HasSuffix(result.Findings[i].Message, "requests of "+c.want)):
				t.Errorf("want %q, got %s", c.want, result.Findings[i].Message)
			}
		})
	}
}
