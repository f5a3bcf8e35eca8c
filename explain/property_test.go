package explain

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/internal/recorded"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
)

// TestCorpus holds what is explained against what another look at the objects
// finds, for a sample of the recordings, or all of them where they are given: all
// leaves are explained, each source moves the leaves that name it, and no other.
func TestCorpus(t *testing.T) {
	t.Parallel()
	every := 23
	switch {
	case os.Getenv(recorded.Environment) != "":
		every = 1
	case testing.Short():
		every = 199
	}
	number, leaves, sourced := 0, 0, 0
	for _, rel := range release.All() {
		for c := range corpus.Cases(t, rel) {
			if number++; number%every != 0 {
				continue
			}
			renderer, _ := render.New(c.Config)
			e := New(renderer)
			for _, doc := range c.Documents {
				sd, locator, _ := c.Decoder.Deployment(doc)
				in := render.Input{Deployment: sd, Locator: locator}
				explained, findings, err := e.Explain(in)
				if err != nil {
					t.Fatal(err)
				}
				if findings.HasErrors() {
					continue
				}
				want, _ := flat(t, renderer.Render(in).Objects)
				got, seen := map[string]string{}, map[manifest.ID]int{}
				for _, o := range explained {
					counted := repeated(o.Object, seen)
					for _, l := range o.Leaves {
						leaves++
						if len(l.Sources) > 0 {
							sourced++
						}
						got[counted+l.Path] = l.Text
						if l.Rule.Section == "" || l.Rule.Text == "" {
							t.Errorf("%s: %s %s has no rule", c, o.Object.Kind, l.Path)
						}
					}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("%s: the leaves differ (-want +got):\n%s", c, diff)
				}
				checkSources(t, c.String(), e, in, explained)
			}
		}
	}
	t.Logf("%d leaves, %d with a source", leaves, sourced)
	if leaves == 0 || sourced*3 < leaves {
		t.Errorf("of %d leaves only %d have a source", leaves, sourced)
	}
}

// repeated names an object, the second of a name another way than the first.
func repeated(o manifest.Object, seen map[manifest.ID]int) string {
	seen[o.ID()]++
	return fmt.Sprintf("%s/%s/%s#%d:", o.Kind, o.Namespace, o.Name, seen[o.ID()])
}

// checkSources makes every change again.
func checkSources(t *testing.T, name string, e *Explainer, in render.Input, explained []Rendered) {
	t.Helper()
	before, lengths := flat(t, e.renderer.Render(in).Objects)
	naming, seen := map[string][]string{}, map[manifest.ID]int{}
	for _, o := range explained {
		counted := repeated(o.Object, seen)
		for _, l := range o.Leaves {
			for _, s := range l.Sources {
				key := string(s.Kind) + s.Key
				naming[key] = append(naming[key], counted+l.Path)
			}
		}
	}
	editor, err := newEditor(in.Deployment)
	if err != nil {
		t.Fatal(err)
	}
	changes := append(editor.located(in.Locator), e.referenceChanges(e.renderer.Render(in).Uses)...)
	for _, g := range e.settings {
		changes = append(changes, g.changes...)
	}
	for _, c := range changes {
		named := naming[string(c.source.Kind)+c.source.Key]
		delete(naming, string(c.source.Kind)+c.source.Key)
		moved, comparable := map[string]bool{}, true
		for _, a := range c.attempts {
			objects, ok := a.render(e, in)
			if !ok {
				continue
			}
			after, others := flat(t, objects)
			// Where a list or the names changed, places do not stand for each other.
			comparable = cmp.Equal(lengths, others)
			for place, text := range before {
				if other, ok := after[place]; !ok || other != text {
					moved[place] = true
				}
			}
			if len(moved) > 0 {
				break
			}
		}
		for _, place := range named {
			if comparable && !moved[place] {
				t.Errorf("%s: %s is said to move %s, which it does not", name, c.source.Key, place)
			}
		}
		if comparable && len(moved) != len(named) {
			t.Errorf("%s: %s moves %d leaves and is named by %d: %s", name, c.source.Key, len(moved), len(named),
				cmp.Diff(slices.Sorted(maps.Keys(moved)), slices.Sorted(slices.Values(named))))
		}
	}
	for key := range naming {
		t.Errorf("%s: nothing is known of source %s", name, key)
	}
}

// flat returns the leaves of objects by their places, and the lengths of lists.
// It shares nothing with the code that is tested.
func flat(t *testing.T, objects []manifest.Object) (leaves map[string]string, lengths map[string]int) {
	t.Helper()
	leaves, lengths = map[string]string{}, map[string]int{}
	seen := map[manifest.ID]int{}
	for _, o := range objects {
		text, err := json.Marshal(o.Value)
		if err != nil {
			t.Fatal(err)
		}
		f := flattener{leaves: leaves, lengths: lengths, object: repeated(o, seen)}
		f.walk(decode(t, string(text)), "", "", nil)
	}
	return leaves, lengths
}

func decode(t *testing.T, text string) any {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		t.Fatal(err)
	}
	return tree
}

type flattener struct {
	leaves  map[string]string
	lengths map[string]int
	object  string
}

var plainKey = regexp.MustCompile(`^[^./:\[\]]+$`)

func (f *flattener) walk(v any, path, key string, above map[string]any) {
	switch v := v.(type) {
	case map[string]any:
		if len(v) > 0 {
			for k, member := range v {
				switch below := path + "." + k; {
				case !plainKey.MatchString(k):
					f.walk(member, path+"["+k+"]", k, v)
				case path == "":
					f.walk(member, k, k, v)
				default:
					f.walk(member, below, k, v)
				}
			}
			return
		}
		f.leaves[f.object+path] = "{}"
	case []any:
		f.lengths[f.object+path] = len(v)
		for i, member := range v {
			f.walk(member, fmt.Sprintf("%s[%d]", path, i), "", nil)
		}
		if len(v) == 0 {
			f.leaves[f.object+path] = "[]"
		}
	case string:
		f.leaves[f.object+path] = v
		if inner := inside(v, key, above); inner != nil {
			f.walk(inner, path, "", nil)
			f.leaves[f.object+path] = v
		}
	case nil:
		f.leaves[f.object+path] = "null"
	default:
		f.leaves[f.object+path] = fmt.Sprint(v)
	}
}

// inside returns the document in a text.
func inside(text, key string, above map[string]any) any {
	switch {
	case key == "getambassador.io/config":
		var documents []any
		for part := range strings.SplitSeq("\n"+text, "\n---\n") {
			var document any
			if err := yaml.Unmarshal([]byte(part), &document, func(d *json.Decoder) *json.Decoder { d.UseNumber(); return d }); err != nil {
				return nil
			}
			if document != nil {
				documents = append(documents, document)
			}
		}
		return documents
	case key == "value" && above["name"] == "ENGINE_PREDICTOR":
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil
		}
		decoder := json.NewDecoder(strings.NewReader(string(raw)))
		decoder.UseNumber()
		var tree any
		if decoder.Decode(&tree) != nil {
			return nil
		}
		return tree
	}
	return nil
}

// Rules point to sections that there are, and each is needed.
func TestRules(t *testing.T) {
	t.Parallel()
	for _, r := range Rules() {
		document, section, _ := strings.Cut(r.Section, ", ")
		text, err := os.ReadFile("../docs/behaviour/" + document)
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile(`(?m)^#+ ` + regexp.QuoteMeta(section) + `[. ]`).Match(text) {
			t.Errorf("docs/behaviour/%s has no section %s", document, section)
		}
	}
}

func TestMuchIsNotExplained(t *testing.T) {
	t.Parallel()
	env := make([]corev1.EnvVar, 5000)
	for i := range env {
		env[i] = corev1.EnvVar{Name: fmt.Sprint("v", i), Value: "x"}
	}
	renderer, _ := render.New(render.Config{})
	sd := &seldon.Deployment{Spec: seldon.DeploymentSpec{Predictors: []seldon.Predictor{{
		Name: "p", Graph: seldon.Unit{Name: "c", Type: new(seldon.Model)},
		ComponentSpecs: []*seldon.ComponentSpec{{Spec: corev1.PodSpec{Containers: []corev1.Container{{Name: "c", Image: "i:1", Env: env}}}}},
	}}}}
	sd.Metadata.Name = "m"
	if _, _, err := New(renderer).Explain(render.Input{Deployment: sd}); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}
