package compare_test

import (
	"fmt"
	"testing"

	"github.com/seldonctl/seldonctl/internal/compare"
)

// workload returns a Deployment of a model, with an image and what a container asks for.
func workload(t testing.TB, model, image, spec, resources string) compare.Object {
	t.Helper()
	o := object(t, fmt.Sprintf(`{'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'%s','namespace':'n','labels':{'seldon-deployment-id':'%s'}},
		'spec':{%s'template':{'spec':{'initContainers':[{'name':'i','resources':{'requests':{'cpu':'600m'}}}],'containers':[{'name':'c','image':'%s','resources':%s}]}}}}`,
		model, model, spec, image, resources))
	o.Model = "n/" + model
	return o
}

func TestSummary(t *testing.T) {
	t.Parallel()
	const small, large = `{'requests':{'cpu':'500m','memory':'1Gi'}}`, `{'requests':{'cpu':1,'memory':'2Gi','nvidia.com/gpu':1}}`
	for _, tt := range []struct {
		name     string
		from, to []compare.Object
		live     bool
		want     string
	}{
		{
			name: "nothing of Seldon's", from: objects(t, configMap("n", "a", "1")), to: objects(t, configMap("n", "a", "2")),
			want: "",
		},
		{
			name: "a restart, and what is as it was",
			from: []compare.Object{workload(t, "iris", "i:1", "", small), workload(t, "a", "i", "", small), workload(t, "b", "i", "", small)},
			to:   []compare.Object{workload(t, "iris", "i:2", "", small), workload(t, "a", "i", "", small), workload(t, "b", "i", "", small)},
			want: "3 models: 1 restarts (iris), 2 unchanged",
		},
		{
			name: "requests of several replicas, where init containers ask for more",
			from: []compare.Object{workload(t, "iris", "i", "'replicas':2,", small)},
			to:   []compare.Object{workload(t, "iris", "i", "'replicas':3,", large)},
			want: "1 model: 1 restarts (iris); requests +1.8 CPU, +4Gi, +3 nvidia.com/gpu",
		},
		{
			name: "limits count where nothing is requested",
			from: []compare.Object{workload(t, "iris", "i", "", `{'limits':{'memory':'1Gi'}}`)},
			to:   []compare.Object{workload(t, "iris", "i", "", `{'limits':{'memory':'512Mi'},'requests':{'memory':'256Mi'}}`)},
			want: "1 model: 1 restarts (iris); requests -768Mi",
		},
		{
			name: "the replicas of the cluster, where an autoscaler decides",
			from: []compare.Object{
				workload(t, "iris", "i:1", "'replicas':5,", small),
				object(t, `{'apiVersion':'autoscaling/v2','kind':'HorizontalPodAutoscaler','metadata':{'name':'h','namespace':'n'},'spec':{'scaleTargetRef':{'kind':'Deployment','name':'iris'}}}`),
			},
			to:   []compare.Object{workload(t, "iris", "i:1", "", large)},
			live: true,
			want: "1 model: 1 restarts (iris); requests +2 CPU, +5Gi, +5 nvidia.com/gpu",
		},
		{
			name: "models that come and go, with one that is replaced",
			from: []compare.Object{workload(t, "old", "i", "", `{}`), workload(t, "iris", "i", "'selector':{'a':'b'},", `{}`)},
			to:   []compare.Object{workload(t, "new", "i", "", `{}`), workload(t, "iris", "j", "'selector':{'a':'c'},", `{}`)},
			want: "3 models: 1 must be replaced (iris), 1 would be created (new), 1 would be removed (old)",
		},
		{
			name: "models of the cluster alone",
			from: []compare.Object{workload(t, "old", "i", "", `{}`)},
			live: true,
			want: "1 model: 1 would be removed (old); requests -0.6 CPU",
		},
		{
			name: "many models",
			to: []compare.Object{
				workload(t, "a", "i", "", `{}`), workload(t, "b", "i", "", `{}`), workload(t, "c", "i", "", `{}`), workload(t, "d", "i", "", `{}`),
				workload(t, "e", "i", "", `{}`), workload(t, "f", "i", "", `{}`), workload(t, "g", "i", "", `{}`),
			},
			want: "7 models: 7 would be created (a, b, c, d, e, 2 more); requests +4.2 CPU",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var s compare.Summary
			for d, err := range compare.Differences(tt.from, tt.to, compare.Options{Live: tt.live}) {
				if err != nil {
					t.Fatal(err)
				}
				s.Add(&d)
			}
			if got := s.String(); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestLiveObjectsOfOthers(t *testing.T) {
	t.Parallel()
	const seldons, controller = `'labels':{'seldon-deployment-id':'iris'}`, `,'ownerReferences':[{'apiVersion':'%s','kind':'%s','name':'%s','controller':true}]`
	service := func(metadata string) []compare.Object {
		o := object(t, `{'apiVersion':'v1','kind':'Service','metadata':{'name':'a','namespace':'n',`+metadata+`}}`)
		o.Model = "n/iris"
		return []compare.Object{o}
	}
	owned := func(group, kind, name string) string { return fmt.Sprintf(seldons+controller, group, kind, name) }
	for _, tt := range []struct {
		name, live string
		desired    bool
		want       string
	}{
		{"the operator's", owned("machinelearning.seldon.io/v1", "SeldonDeployment", "iris"), true, "unchanged"},
		{"one that nobody owns any more", seldons, true, "unchanged"},
		{"another SeldonDeployment's", owned("machinelearning.seldon.io/v1", "SeldonDeployment", "other"), true, "belongs to another owner: SeldonDeployment other"},
		{"another SeldonDeployment's by its label", `'labels':{'seldon-deployment-id':'other'}`, true, "belongs to another owner: SeldonDeployment other"},
		{"another controller's", owned("argoproj.io/v1alpha1", "Rollout", "r"), true, "belongs to another owner: Rollout r"},
		{"a release of Helm's, of somebody else", `'labels':{'app.kubernetes.io/managed-by':'Helm'}`, true, "belongs to another owner: Helm"},
		{"Seldon's, released by Helm", `'labels':{'seldon-deployment-id':'iris','app.kubernetes.io/managed-by':'Helm'}`, true, "unchanged"},
		{"Seldon's, not rendered", seldons, false, "would be removed"},
		{"Seldon's by its owner", `'labels':{}` + fmt.Sprintf(controller, "machinelearning.seldon.io/v1", "SeldonDeployment", "iris"), false, "would be removed"},
		{"a controller's with Seldon's labels, not rendered", owned("apps/v1", "Deployment", "iris"), false, "belongs to another owner: Deployment iris"},
		{"somebody's, not rendered", `'labels':{'app':'x'}`, false, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var desired []compare.Object
			if tt.desired {
				desired = service(seldons)
			}
			got := ""
			for d, err := range compare.Differences(service(tt.live), desired, compare.Options{Live: true}) {
				if err != nil {
					t.Fatal(err)
				}
				got = d.Verdict.String()
				if d.Owner != "" {
					got += ": " + d.Owner
				}
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
