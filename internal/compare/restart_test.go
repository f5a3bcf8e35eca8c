package compare_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/compare"
	"github.com/seldonctl/seldonctl/manifest"
)

func TestDifferencesSayWhetherPodsRestart(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, from, to string
		want           []string
	}{
		{
			name: "another image",
			from: `'template':{'spec':{'containers':[{'name':'m','image':'a'}]}}`,
			to:   `'template':{'spec':{'containers':[{'name':'m','image':'b'}]}}`,
			want: []string{"spec.template.spec.containers[m].image"},
		},
		{
			name: "another number of replicas",
			from: `'replicas':1,'template':{}`,
			to:   `'replicas':2,'template':{}`,
		},
		{
			name: "defaults of a cluster, written and left out",
			from: `'template':{'metadata':{'creationTimestamp':null},'spec':{'containers':[{'name':'m','ports':[{'name':'http'}],'livenessProbe':{'httpGet':{'port':1}}}],'volumes':[{'name':'v','emptyDir':{}}]}}`,
			to: `'template':{'spec':{'dnsPolicy':'ClusterFirst','securityContext':{},'containers':[{'name':'m','terminationMessagePath':'/dev/termination-log','ports':[{'name':'http','protocol':'TCP'}],` +
				`'livenessProbe':{'periodSeconds':10,'httpGet':{'port':1,'scheme':'HTTP'}}}],'volumes':[{'name':'v','emptyDir':{}}]}}`,
		},
		{
			name: "another protocol than the default",
			from: `'template':{'spec':{'containers':[{'name':'m','ports':[{'name':'p'}]}]}}`,
			to:   `'template':{'spec':{'containers':[{'name':'m','ports':[{'name':'p','protocol':'UDP'}]}]}}`,
			want: []string{"spec.template.spec.containers[m].ports[p].protocol"},
		},
		{
			name: "another order of containers",
			from: `'template':{'spec':{'containers':[{'name':'a'},{'name':'b'}]}}`,
			to:   `'template':{'spec':{'containers':[{'name':'b'},{'name':'a'}]}}`,
			want: []string{"spec.template.spec.containers"},
		},
		{
			name: "an annotation of the pods and a volume",
			from: `'template':{'spec':{'volumes':[{'name':'v'}]}}`,
			to:   `'template':{'metadata':{'annotations':{'a':'b'}},'spec':{'volumes':[{'name':'v','configMap':{'name':'c'}}]}}`,
			want: []string{"spec.template.metadata.annotations.a", "spec.template.spec.volumes[v].configMap"},
		},
		{
			name: "a volume without a source, which is an empty folder",
			from: `'template':{'spec':{'volumes':[{'name':'v'}]}}`,
			to:   `'template':{'spec':{'volumes':[{'name':'v','emptyDir':{}}]}}`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			object := func(spec string) []compare.Object {
				return []compare.Object{{
					ID:   manifest.ID{Group: "apps", Kind: "Deployment", Name: "x"},
					JSON: []byte(strings.ReplaceAll(`{'apiVersion':'apps/v1','kind':'Deployment','spec':{`+spec+`}}`, "'", `"`)),
				}}
			}
			var got []string
			for d, err := range compare.Differences(object(tt.from), object(tt.to), compare.Options{}) {
				if err != nil {
					t.Fatal(err)
				}
				if d.Verdict == compare.Restarts {
					got = d.Paths
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
