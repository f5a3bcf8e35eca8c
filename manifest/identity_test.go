package manifest_test

import (
	"testing"

	"github.com/seldonctl/seldonctl/manifest"
)

func TestIDSetFindsTheFirstWithAnIdentity(t *testing.T) {
	t.Parallel()
	s := manifest.NewIDSet()
	for i, tt := range []struct {
		id    manifest.ID
		first uint32
		added bool
	}{
		{manifest.Object{APIVersion: "apps/v1", Kind: "Deployment", Namespace: "ns", Name: "a"}.ID(), 0, true},
		{manifest.Object{APIVersion: "v1", Kind: "Deployment", Namespace: "ns", Name: "a"}.ID(), 1, true},
		{manifest.Object{APIVersion: "apps/v1beta1", Kind: "Deployment", Namespace: "ns", Name: "a"}.ID(), 0, false},
		{manifest.Object{APIVersion: "apps/v1", Kind: "Deployment", Namespace: "nsa", Name: ""}.ID(), 3, true},
		{manifest.Object{APIVersion: "apps/v1", Kind: "Deployment", Namespace: "", Name: "nsa"}.ID(), 4, true},
	} {
		first, added := s.Add(tt.id, uint32(i))
		if first != tt.first || added != tt.added {
			t.Errorf("%d: got %d %t, want %d %t", i, first, added, tt.first, tt.added)
		}
	}
}
