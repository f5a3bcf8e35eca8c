package run

import (
	"testing"

	"sigs.k8s.io/kustomize/kyaml/openapi"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/seldonctl/seldonctl/internal/source"
)

// TestClusterKindsAreKubernetes holds the list against the schema of Kubernetes
// that kustomize has, as far as that knows a kind.
func TestClusterKindsAreKubernetes(t *testing.T) {
	t.Parallel()
	s := newScopes()
	known := 0
	for _, version := range []string{"v1", "v1beta1", "v1alpha1"} {
		for id := range s.cluster {
			apiVersion := version
			if id.group != "" {
				apiVersion = id.group + "/" + version
			}
			namespaced, found := openapi.IsNamespaceScoped(yaml.TypeMeta{APIVersion: apiVersion, Kind: id.kind})
			if found {
				known++
			}
			if found && namespaced {
				t.Errorf("%s %s is in a namespace", apiVersion, id.kind)
			}
		}
	}
	if known < 15 {
		t.Errorf("only %d kinds were looked up", known)
	}
}

func TestScopes(t *testing.T) {
	t.Parallel()
	s := newScopes()
	s.note(&source.Document{
		APIVersion: "apiextensions.k8s.io/v1", Kind: "CustomResourceDefinition",
		Raw: []byte("spec: {group: example.org, scope: Cluster, names: {kind: Model}}"),
	})
	for _, tt := range []struct {
		apiVersion, kind string
		want             bool
	}{
		{"v1", "Secret", true},
		{"v1", "Namespace", false},
		{"rbac.authorization.k8s.io/v1", "Role", true},
		{"rbac.authorization.k8s.io/v1", "ClusterRole", false},
		{"external-secrets.io/v1", "ExternalSecret", true},
		{"external-secrets.io/v1", "ClusterExternalSecret", false},
		{"example.org/v1", "Model", false},
		{"example.net/v1", "Model", true},
	} {
		if got := s.isNamespaced(&source.Document{APIVersion: tt.apiVersion, Kind: tt.kind}); got != tt.want {
			t.Errorf("%s %s: got %t", tt.apiVersion, tt.kind, got)
		}
	}
}
