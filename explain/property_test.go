package explain

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/internal/recorded"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// TestCorpus holds what is explained against what another look at the objects
// finds, for a sample of the recordings, or all of them where they are given: all
// leaves are explained, each source moves the leaves that name it, and no other.
// Releases run in parallel.
func TestCorpus(t *testing.T) {
	t.Parallel()
	every := 23
	switch {
	case os.Getenv(recorded.Environment) != "":
		every = 1
	case testing.Short():
		every = 199
	}
	var all tally
	t.Run("releases", func(t *testing.T) {
		for i, rel := range release.All() {
			t.Run(rel.Version, func(t *testing.T) {
				t.Parallel()
				c := checker{explainers: map[*values.Values]*Explainer{}, settings: map[*attempt][]manifest.Object{}}
				// The sample of each release is another.
				number := i
				for next := range corpus.Cases(t, rel) {
					if number++; number%every == 0 {
						c.check(t, next)
					}
				}
				if c.cases > 0 {
					t.Log(&c.tally)
				}
				all.add(&c.tally)
			})
		}
	})
	t.Log(&all)
	if all.leaves == 0 || all.sourced*3 < all.leaves {
		t.Errorf("of %d leaves only %d have a source", all.leaves, all.sourced)
	}
}

// tally counts what has been looked at.
type tally struct {
	sync.Mutex

	cases, refused, leaves, sourced, changes, renders int
}

func (c *tally) add(other *tally) {
	c.Lock()
	defer c.Unlock()
	c.cases += other.cases
	c.refused += other.refused
	c.leaves += other.leaves
	c.sourced += other.sourced
	c.changes += other.changes
	c.renders += other.renders
}

func (c *tally) String() string {
	return fmt.Sprintf("%d cases, %d SeldonDeployments in them refused; %d leaves, %d with a source; %d changes, %d of their renders made again",
		c.cases, c.refused, c.leaves, c.sourced, c.changes, c.renders)
}

// checker checks the cases of a release.
type checker struct {
	tally

	// explainers are those of cases that refer to no other objects.
	explainers map[*values.Values]*Explainer
	// What was rendered to explain is kept, so that it is not rendered again to be
	// looked at: by the attempts with other settings, and for other SeldonDeployments
	// in their order.
	settings map[*attempt][]manifest.Object
	edits    []edit
}

// edit is what was rendered of a SeldonDeployment.
type edit struct {
	deployment *seldon.Deployment
	objects    []manifest.Object
}

func (c *checker) explainer(config render.Config) *Explainer {
	alone := len(config.References.ServiceAccounts)+len(config.References.Secrets) == 0
	if e := c.explainers[config.Values]; e != nil && alone {
		return e
	}
	renderer, _ := render.New(config)
	e := New(renderer).Finished(func(in render.Input, objects []manifest.Object) ([]manifest.Object, bool) {
		c.edits = append(c.edits, edit{in.Deployment, objects})
		return objects, true
	}, nil)
	for _, g := range e.settings {
		for _, change := range g.changes {
			for i := range change.attempts {
				a := &change.attempts[i]
				a.finish = func(_ render.Input, objects []manifest.Object) ([]manifest.Object, bool) {
					c.settings[a] = objects
					return objects, true
				}
			}
		}
	}
	if alone {
		c.explainers[config.Values] = e
	}
	return e
}

// rendered returns what an attempt gives.
func (c *checker) rendered(e *Explainer, in render.Input, a *attempt) ([]manifest.Object, bool) {
	if objects, ok := c.settings[a]; ok {
		return objects, true
	}
	if a.edit != nil {
		in.Deployment = a.edit()
		if len(c.edits) > 0 && reflect.DeepEqual(in.Deployment, c.edits[0].deployment) {
			defer func() { c.edits = c.edits[1:] }()
			return c.edits[0].objects, true
		}
		a = &attempt{edit: func() *seldon.Deployment { return in.Deployment }}
	}
	c.renders++
	plain := Explainer{renderer: e.renderer}
	return attempt{renderer: a.renderer, edit: a.edit}.render(&plain, in)
}

// check explains a case and makes every change again.
func (c *checker) check(t *testing.T, next corpus.Case) {
	t.Helper()
	c.cases++
	e := c.explainer(next.Config)
	for _, doc := range next.Documents {
		sd, locator, _ := next.Decoder.Deployment(doc)
		in := render.Input{Deployment: sd, Locator: locator}
		c.edits = c.edits[:0]
		clear(c.settings)
		explained, findings, err := e.Explain(in)
		if err != nil {
			t.Fatal(err)
		}
		if findings.HasErrors() {
			c.refused++
			continue
		}
		// The first was not changed, nor were those with other settings.
		c.edits = slices.DeleteFunc(c.edits, func(e edit) bool { return e.deployment == sd })
		result := e.renderer.Render(in)
		before := lookAt(t, result.Objects)
		want, got, seen := before.leaves(), map[string]string{}, map[manifest.ID]int{}
		naming := map[string][]string{}
		for _, o := range explained {
			counted := repeated(o.Object, seen)
			for _, l := range o.Leaves {
				c.leaves++
				if len(l.Sources) > 0 {
					c.sourced++
				}
				got[counted+l.Path] = l.Text
				if l.Rule.Section == "" || l.Rule.Text == "" {
					t.Errorf("%s: %s %s has no rule", next, o.Object.Kind, l.Path)
				}
				for _, s := range l.Sources {
					key := string(s.Kind) + s.Key
					naming[key] = append(naming[key], counted+l.Path)
				}
			}
		}
		if !maps.Equal(want, got) {
			t.Fatalf("%s: the leaves differ (-want +got):\n%s", next, cmp.Diff(want, got))
		}
		c.checkSources(t, next.String(), e, in, result.Uses, before, naming)
	}
}

// checkSources makes every change again. Naming are the places that name a source.
func (c *checker) checkSources(t *testing.T, name string, e *Explainer, in render.Input, uses render.Uses, before *look, naming map[string][]string) {
	t.Helper()
	editor, err := newEditor(in.Deployment)
	if err != nil {
		t.Fatal(err)
	}
	changes := append(editor.located(in.Locator), e.referenceChanges(uses)...)
	for _, g := range e.settings {
		changes = append(changes, g.changes...)
	}
	for _, change := range changes {
		c.changes++
		key := string(change.source.Kind) + change.source.Key
		named := naming[key]
		delete(naming, key)
		moved, comparable := map[string]bool{}, true
		for i := range change.attempts {
			objects, ok := c.rendered(e, in, &change.attempts[i])
			if !ok {
				continue
			}
			// Where a list or the names changed, places do not stand for each other.
			comparable = before.compare(t, objects, moved)
			if len(moved) > 0 {
				break
			}
		}
		if !comparable {
			continue
		}
		for _, place := range named {
			if !moved[place] {
				t.Errorf("%s: %s is said to move %s, which it does not", name, change.source.Key, place)
			}
		}
		if len(moved) != len(named) {
			t.Errorf("%s: %s moves %d leaves and is named by %d: %s", name, change.source.Key, len(moved), len(named),
				cmp.Diff(slices.Sorted(maps.Keys(moved)), slices.Sorted(slices.Values(named))))
		}
	}
	for key := range naming {
		t.Errorf("%s: nothing is known of source %s", name, key)
	}
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
