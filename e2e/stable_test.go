package e2e

import (
	"encoding/json"
	"testing"

	"github.com/seldonctl/seldonctl/e2e/cluster"
)

// TestStable applies everything twice: the second time nothing may change, or
// Argo CD and Flux would never come to rest.
func TestStable(t *testing.T) {
	env := start(t)
	for _, way := range []struct {
		name   string
		render []string
		apply  []string
	}{
		{"client-side", []string{"--only-rendered"}, nil},
		{"server-side", []string{"--only-rendered", "--server-side-apply"}, []string{"--server-side"}},
	} {
		t.Run(way.name, func(t *testing.T) {
			all := env.renderValid(t, "stable-"+way.name, ordinary, way.render...)
			env.apply(t, all, way.apply...)
			before := env.stored(t, all)
			again := env.apply(t, all, way.apply...)
			after := env.stored(t, all)
			for k, o := range after {
				was := before[k]
				switch {
				case was == nil:
					t.Errorf("%s was refused at first and is there now", k)
				case was.GetResourceVersion() != o.GetResourceVersion():
					t.Errorf("%s has changed:\nbefore %s\nafter  %s", k, text(was), text(o))
				}
			}
			t.Logf("%d objects of %d cases applied twice; %d were refused; kubectl speaks of %d as configured",
				len(after), len(all), wanted(all)-len(after), len(ending(again.Done, "configured")))
		})
	}
}

// wanted returns the number of objects that the cases have.
func wanted(all []*work) int {
	names := make(map[key]bool)
	for _, w := range all {
		for i := range w.Objects {
			names[keyOf(&w.Objects[i])] = true
		}
	}
	return len(names)
}

func text(o *cluster.Object) string {
	data, err := json.Marshal(o.Object)
	if err != nil {
		return err.Error()
	}
	return string(data)
}
