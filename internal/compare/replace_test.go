package compare_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/compare"
)

func TestDifferencesSayWhatMustBeReplaced(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name     string
		head     string
		from, to string
		want     []string
	}{
		{
			name: "a Deployment with another selector",
			head: `'apiVersion':'apps/v1','kind':'Deployment'`,
			from: `'spec':{'selector':{'matchLabels':{'seldon-app-svc':'a'}},'replicas':1}`,
			to:   `'spec':{'selector':{'matchLabels':{'seldon-app-svc-a':'a'}},'replicas':2}`,
			want: []string{"spec.selector is immutable"},
		},
		{
			name: "no Deployment with another template",
			head: `'apiVersion':'apps/v1','kind':'Deployment'`,
			from: `'spec':{'selector':{'matchLabels':{'a':'b','c':'d'}},'template':{'metadata':{'labels':{'x':'y'}}}}`,
			to:   `'spec':{'selector':{'matchLabels':{'c':'d','a':'b'}},'template':{'metadata':{'labels':{'x':'z'}}}}`,
		},
		{
			name: "no Deployment of somebody else's group",
			head: `'apiVersion':'example.com/v1','kind':'Deployment'`,
			from: `'spec':{'selector':1}`,
			to:   `'spec':{'selector':2}`,
		},
		{
			name: "a Service that becomes headless",
			head: `'apiVersion':'v1','kind':'Service'`,
			from: `'spec':{'type':'ClusterIP'}`,
			to:   `'spec':{'type':'ClusterIP','clusterIP':'None'}`,
			want: []string{"spec.clusterIP is immutable"},
		},
		{
			name: "a Service that shall be headless no more",
			head: `'apiVersion':'v1','kind':'Service'`,
			from: `'spec':{'type':'ClusterIP','clusterIP':'None'}`,
			to:   `'spec':{'type':'ClusterIP'}`,
			want: []string{"spec.clusterIP stays None when it is left out"},
		},
		{
			name: "no Service that leaves its address to the cluster",
			head: `'apiVersion':'v1','kind':'Service'`,
			from: `'spec':{'clusterIP':'10.0.0.1'}`,
			to:   `'spec':{'selector':{'a':'b'}}`,
		},
		{
			name: "no Service that becomes a name",
			head: `'apiVersion':'v1','kind':'Service'`,
			from: `'spec':{'clusterIP':'None'}`,
			to:   `'spec':{'type':'ExternalName'}`,
		},
		{
			name: "a Secret of another type",
			head: `'apiVersion':'v1','kind':'Secret'`,
			from: `'data':{}`,
			to:   `'type':'kubernetes.io/tls'`,
			want: []string{"type is immutable"},
		},
		{
			name: "no Secret whose type is spelled out",
			head: `'apiVersion':'v1','kind':'Secret'`,
			from: `'data':{}`,
			to:   `'type':'Opaque','data':{'a':'b'}`,
		},
		{
			name: "no Secret whose type makes no sense",
			head: `'apiVersion':'v1','kind':'Secret'`,
			from: `'type':{},'data':{'a':'b'}`,
			to:   `'type':{}`,
		},
		{
			name: "an immutable ConfigMap with other data",
			head: `'apiVersion':'v1','kind':'ConfigMap'`,
			from: `'immutable':true,'data':{'a':'1'}`,
			to:   `'immutable':true,'data':{'a':'2'}`,
			want: []string{"it is declared immutable"},
		},
		{
			name: "an immutable ConfigMap that shall not be it any more",
			head: `'apiVersion':'v1','kind':'ConfigMap'`,
			from: `'immutable':true,'data':{'a':'1'}`,
			to:   `'data':{'a':'1'}`,
			want: []string{"it is declared immutable"},
		},
		{
			name: "no immutable ConfigMap with other labels",
			head: `'apiVersion':'v1','kind':'ConfigMap'`,
			from: `'immutable':true,'data':{'a':'1'}`,
			to:   `'immutable':true,'data':{'a':'1'},'labels':1`,
		},
		{
			name: "a Job with another template and no selector of its own",
			head: `'apiVersion':'batch/v1','kind':'Job'`,
			from: `'spec':{'template':{'spec':{'containers':[1]}}}`,
			to:   `'spec':{'template':{'spec':{'containers':[2]}}}`,
			want: []string{"spec.template is immutable"},
		},
		{
			name: "a RoleBinding with another role",
			head: `'apiVersion':'rbac.authorization.k8s.io/v1','kind':'RoleBinding'`,
			from: `'roleRef':{'name':'a'}`,
			to:   `'roleRef':{'name':'b'}`,
			want: []string{"roleRef is immutable"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			side := func(namespace, rest string) []compare.Object {
				return objects(t, `{`+tt.head+`,'metadata':{'name':'a','namespace':'`+namespace+`'},`+rest+`}`)
			}
			got := differences(t, side("n", tt.from), side("n", tt.to), compare.Options{})
			var reasons []string
			for _, d := range got {
				reasons = append(reasons, d.Replace...)
			}
			if d := cmp.Diff(tt.want, reasons); d != "" {
				t.Error(d)
			}
			// In another namespace it is another object, which replaces none.
			for _, d := range differences(t, side("n", tt.from), side("m", tt.to), compare.Options{IgnoreNamespaces: true}) {
				if d.Replace != nil {
					t.Errorf("in another namespace: %v", d.Replace)
				}
			}
		})
	}
}
