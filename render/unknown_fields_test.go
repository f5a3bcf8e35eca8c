package render_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
)

// TestDecodersLeaveNoUnknownField holds that runs need not look for them.
func TestDecodersLeaveNoUnknownField(t *testing.T) {
	t.Parallel()
	for _, rel := range release.All() {
		r, _ := render.New(render.Config{Release: rel})
		seen := map[string]bool{}
		for c := range corpus.Cases(t, rel) {
			if seen[c.Input] {
				continue
			}
			seen[c.Input] = true
			for _, sd := range c.Deployments {
				before, err := json.Marshal(sd)
				if err != nil {
					t.Fatal(err)
				}
				r.ClearUnknown(sd)
				after, err := json.Marshal(sd)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(string(before), string(after)); diff != "" {
					t.Errorf("%s, release %s: there was something to clear (-decoded +cleared):\n%s", c.Input, rel.Version, diff)
				}
			}
		}
	}
}
