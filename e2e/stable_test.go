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
			after, wanted := env.stored(t, all), objectCounts(all)
			for k, o := range after {
				was := before[k]
				switch {
				case wanted[k] > 1:
					// Two objects of one name overwrite each other, and TestAccepted sees
					// to it that this was said.
				case was == nil:
					t.Errorf("%s was refused at first and is there now", k)
				case was.GetResourceVersion() != o.GetResourceVersion():
					t.Errorf("%s has changed:\nbefore %s\nafter  %s", k, text(was), text(o))
				}
			}
			t.Logf("%d objects of %d cases applied twice; %d were refused; kubectl speaks of %d as configured",
				len(after), len(all), len(wanted)-len(after), len(ending(again.Done, "configured")))
		})
	}
}

// objectCounts returns how many objects of the cases have a kind and name.
func objectCounts(all []*work) map[key]int {
	counts := make(map[key]int)
	for _, w := range all {
		for i := range w.Objects {
			counts[keyOf(&w.Objects[i])]++
		}
	}
	return counts
}

func text(o *cluster.Object) string {
	data, err := json.Marshal(o.Object)
	if err != nil {
		return err.Error()
	}
	return string(data)
}
