package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/e2e/cluster"
)

// batch is how many cases one kubectl takes: it spends its first half second on
// learning what the server has.
const batch = 60

// apply runs kubectl apply over the objects of the cases and returns what it
// printed, in no particular order. Objects that the server refuses are left out
// by kubectl and named in Said.
func (env *environment) apply(t *testing.T, all []*work, flags ...string) cluster.Output {
	t.Helper()
	var batches []string
	for chunk := range slices.Chunk(all, batch) {
		dir := t.TempDir()
		for _, w := range chunk {
			if len(w.Objects) > 0 {
				writeList(t, filepath.Join(dir, w.Namespace+".json"), w.Objects)
			}
		}
		batches = append(batches, dir)
	}
	outputs := make([]cluster.Output, len(batches))
	each(t, batches, func(ctx context.Context, i int, dir string) (err error) {
		outputs[i], err = env.kubectl.Run(ctx, append([]string{"apply", "-f", dir}, flags...)...)
		return err
	})
	var total cluster.Output
	for _, o := range outputs {
		total.Done = append(total.Done, o.Done...)
		total.Said = append(total.Said, o.Said...)
	}
	return total
}

func writeList(t *testing.T, path string, objects []cluster.Object) {
	t.Helper()
	var items []any
	for _, o := range objects {
		items = append(items, o.Object)
	}
	text, err := json.Marshal(map[string]any{"apiVersion": "v1", "kind": "List", "items": items})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// key names an object among all of a run.
type key struct{ kind, namespace, name string }

func keyOf(o *cluster.Object) key { return key{o.GetKind(), o.GetNamespace(), o.GetName()} }

func (k key) String() string { return fmt.Sprintf("%s %s/%s", k.kind, k.namespace, k.name) }

// stored returns the objects of the cases as the server has them; those that it
// refused are not there.
func (env *environment) stored(t *testing.T, all []*work) map[key]*cluster.Object {
	t.Helper()
	got := make([][]*cluster.Object, len(all))
	each(t, all, func(ctx context.Context, i int, w *work) error {
		for n := range w.Objects {
			o, err := env.client.Get(ctx, &w.Objects[n])
			if err != nil {
				return err
			}
			if o != nil {
				got[i] = append(got[i], o)
			}
		}
		return nil
	})
	out := make(map[key]*cluster.Object)
	for _, objects := range got {
		for _, o := range objects {
			out[keyOf(o)] = o
		}
	}
	return out
}

// ending returns the lines that end with a word, such as unchanged.
func ending(lines []string, word string) []string {
	var out []string
	for _, line := range lines {
		if strings.HasSuffix(line, " "+word) {
			out = append(out, line)
		}
	}
	return out
}

// about returns the lines that speak of a name.
func about(lines []string, name string) []string {
	var out []string
	for _, line := range lines {
		if strings.Contains(line, name) {
			out = append(out, line)
		}
	}
	return out
}
