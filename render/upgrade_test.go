package render_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/internal/recorded"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/values"
)

// TestUpgradingTable measures what each step from a release to the next that
// behaves otherwise does to the inputs that are committed, both rendered with the
// values of the older one, so that chart defaults and images do not count.
func TestUpgradingTable(t *testing.T) {
	t.Parallel()
	if testing.Short() && !*update {
		t.Skip("renders every input as every release: make conformance does")
	}
	const (
		page  = "../docs/upgrading.md"
		begin = "<!-- steps: go test ./render -run TestUpgradingTable -update -->\n"
		end   = "<!-- end of steps -->\n"
	)
	var table strings.Builder
	table.WriteString("| Step | Refused | Replaced | Restarted | Changed in place | Where |\n|---|---|---|---|---|---|\n")
	all := release.All()
	for i := range all[1:] {
		from, to := all[i], all[i+1]
		if len(behaviours("", reflect.ValueOf(*from), reflect.ValueOf(*to))) > 0 {
			table.WriteString(measureStep(t, from, to).row())
		}
	}
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok1 := strings.Cut(string(text), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatalf("%s has no place for the table", page)
	}
	want := before + begin + table.String() + end + after
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := gocmp.Diff(string(text), want); diff != "" {
		t.Errorf("%s is stale, run with -update (-have +want):\n%s", page, diff)
	}
}

// step is what a step from a release to another does.
type step struct {
	from, to string
	// refused and accepted are inputs that one release renders and the other not.
	refused, accepted int
	// replaced Deployments have another selector or name, restarted ones another
	// pod template; others are objects of other kinds that differ.
	replaced, restarted, others int
	where                       map[string]int
}

func (s *step) row() string {
	fields := slices.SortedFunc(maps.Keys(s.where), func(a, b string) int {
		return cmp.Or(cmp.Compare(s.where[b], s.where[a]), cmp.Compare(a, b))
	})
	where := "-"
	if len(fields) > 0 {
		where = "`" + strings.Join(fields[:min(len(fields), 5)], "`, `") + "`"
	}
	refused := fmt.Sprint(s.refused)
	if s.accepted > 0 {
		refused += fmt.Sprintf(" (%d no longer)", s.accepted)
	}
	return fmt.Sprintf("| %s to %s | %s | %d | %d | %d | %s |\n", s.from, s.to, refused, s.replaced, s.restarted, s.others, where)
}

func measureStep(t *testing.T, from, to *release.Release) *step {
	t.Helper()
	v, _ := values.Load(from)
	var file bytes.Buffer
	if err := v.WriteYAML(&file, values.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	committed, err := recorded.Committed()
	if err != nil {
		t.Fatal(err)
	}
	inputs, err := filepath.Glob(filepath.Join(committed.Dir(), "inputs", "*", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	s := &step{from: from.Version, to: to.Version, where: map[string]int{}}
	older, newer := newSide(t, from, file.Bytes()), newSide(t, to, file.Bytes())
	for _, input := range inputs {
		a, b := older.objects(t, input), newer.objects(t, input)
		switch {
		case a == nil && b == nil:
		case a == nil:

			s.accepted++
		case b == nil:

			s.refused++
		default:

			s.compare(a, b)
		}
	}
	return s
}

// side is one of the releases, with the values of a file and Istio.
type side struct {
	config render.Config
	plain  *render.Renderer
}

func newSide(t *testing.T, rel *release.Release, file []byte) *side {
	t.Helper()
	v, _ := values.Load(rel, values.File("values.yaml", file), values.Set("--set", "istio.enabled=true"))
	kube, err := render.ParseKubeVersion("1.27")
	if err != nil {
		t.Fatal(err)
	}
	s := &side{config: render.Config{Release: rel, Values: v, KubeVersion: kube}}
	s.plain, _ = render.New(s.config)
	return s
}

// objects renders an input; nil where it is refused.
func (s *side) objects(t *testing.T, input string) map[string]map[string]any {
	t.Helper()
	c := corpus.Read(t, s.config.Release, input)
	if len(c.Faults) > 0 {
		return nil
	}
	r := s.plain
	if len(c.Config.References.ServiceAccounts) > 0 {
		config := s.config
		config.References = c.Config.References
		r, _ = render.New(config)
	}
	out := map[string]map[string]any{}
	for _, sd := range c.Deployments {
		result := r.Render(render.Input{Deployment: sd})
		if result.Findings.HasErrors() {
			return nil
		}
		for _, o := range result.Objects {
			text, err := json.Marshal(o.Value)
			if err != nil {
				t.Fatal(err)
			}
			var tree map[string]any
			if err := json.Unmarshal(text, &tree); err != nil {
				t.Fatal(err)
			}
			out[o.Kind+" "+o.Namespace+"/"+o.Name] = tree
		}
	}
	return out
}

func (s *step) compare(a, b map[string]map[string]any) {
	for _, key := range slices.Sorted(maps.Keys(a)) {
		kind, _, _ := strings.Cut(key, " ")
		if b[key] == nil {
			s.gone(kind)
			continue
		}
		paths := map[string]bool{}
		differing(paths, "", a[key], b[key])
		if len(paths) == 0 {
			continue
		}
		for path := range paths {
			s.where[kind+" "+path]++
		}
		selects, template := false, false
		for path := range paths {
			selects = selects || strings.HasPrefix(path, "spec.selector")
			template = template || strings.HasPrefix(path, "spec.template")
		}
		switch {
		case kind == "Deployment" && selects:
			s.replaced++
		case kind == "Deployment" && template:
			s.restarted++
		default:
			s.others++
		}
	}
	for key := range b {
		if a[key] == nil {
			kind, _, _ := strings.Cut(key, " ")
			s.where[kind+" added"]++
			if kind != "Deployment" {
				s.others++
			}
		}
	}
}

func (s *step) gone(kind string) {
	s.where[kind+" removed"]++
	if kind == "Deployment" {
		s.replaced++
	} else {
		s.others++
	}
}

// differing collects the paths below which two trees differ, down to the fields
// of containers and of objects.
func differing(paths map[string]bool, path string, a, b any) {
	const deepest = 6
	if reflect.DeepEqual(a, b) {
		return
	}
	x, ok1 := a.(map[string]any)
	y, ok2 := b.(map[string]any)
	if ok1 && ok2 && strings.Count(path, ".") < deepest && !strings.HasSuffix(path, "labels") && !strings.HasSuffix(path, "annotations") {
		for _, key := range slices.Sorted(maps.Keys(x)) {
			differing(paths, strings.TrimPrefix(path+"."+key, "."), x[key], y[key])
		}
		for key := range y {
			if _, ok := x[key]; !ok {
				differing(paths, strings.TrimPrefix(path+"."+key, "."), nil, y[key])
			}
		}
		return
	}
	l, ok1 := a.([]any)
	m, ok2 := b.([]any)
	if ok1 && ok2 && len(l) == len(m) && strings.HasSuffix(strings.ToLower(path), "containers") {
		for i := range l {
			differing(paths, path+"[]", l[i], m[i])
		}
		return
	}
	paths[path] = true
}
