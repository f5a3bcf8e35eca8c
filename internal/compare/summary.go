package compare

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Model is a SeldonDeployment and what becomes of its objects.
type Model struct {
	// Name has the namespace before it, with a slash, where it is known.
	Name    string
	Verdict Verdict
	// Requests is by how much the resources grow that its pods ask for.
	Requests Resources
}

// Summary is what a comparison comes to. Its zero value is empty.
type Summary struct {
	models map[string]*Model
	// Requests is the sum over all objects.
	Requests Resources
}

// Add counts an object.
func (s *Summary) Add(d *Difference) {
	if s.models == nil {
		s.models, s.Requests = map[string]*Model{}, Resources{}
	}
	s.Requests.Add(d.Requests)
	if d.Model == "" || d.Verdict == Foreign && !d.Differs() {
		return
	}
	m := s.models[d.Model]
	if m == nil {
		s.models[d.Model] = &Model{d.Model, d.Verdict, maps.Clone(d.Requests)}
		return
	}
	m.Verdict = together(m.Verdict, d.Verdict)
	if m.Requests == nil {
		m.Requests = Resources{}
	}
	m.Requests.Add(d.Requests)
}

// together is the verdict about a model with objects of two verdicts. One is
// created or removed if all of it is.
func together(a, b Verdict) Verdict {
	worst := max(a, b)
	if a != b && (worst == Created || worst == Removed) {
		return Changes
	}
	return worst
}

// Models returns the models in the order of their names.
func (s *Summary) Models() []Model {
	models := make([]Model, 0, len(s.models))
	for _, name := range slices.Sorted(maps.Keys(s.models)) {
		models = append(models, *s.models[name])
	}
	return models
}

// maxNames is how many models a summary names of each verdict.
const maxNames = 5

// String returns a line such as "3 models: 1 restarts (iris), 2 unchanged;
// requests +0.5 CPU, +1Gi". It is empty where there are no models.
func (s *Summary) String() string {
	models := s.Models()
	if len(models) == 0 {
		return ""
	}
	names := map[Verdict][]string{}
	for _, m := range models {
		names[m.Verdict] = append(names[m.Verdict], m.Name)
	}
	short := oneNamespace(models)
	var parts []string
	for _, v := range []Verdict{Replaced, Restarts, Foreign, Created, Removed, Changes} {
		if len(names[v]) > 0 {
			parts = append(parts, modelCount(v, len(names[v]))+" ("+listed(names[v], short)+")")
		}
	}
	if n := len(names[Unchanged]); n > 0 {
		parts = append(parts, modelCount(Unchanged, n))
	}
	line := fmt.Sprintf("%d models: ", len(models))
	if len(models) == 1 {
		line = "1 model: "
	}
	line += strings.Join(parts, ", ")
	if grown := s.Requests.String(); grown != "" {
		line += "; requests " + grown
	}
	return line
}

// modelCount says what becomes of a number of models.
func modelCount(v Verdict, n int) string {
	words := v.String()
	switch {
	case v == Restarts && n == 1:
		words = "restarts"
	case v == Restarts:
		words = "restart"
	case v == Changes && n > 1:
		words = "change in place"
	case v == Foreign && n > 1:
		words = "belong to another owner"
	}
	return fmt.Sprint(n, " ", words)
}

// oneNamespace reports whether all models are in one namespace, which then says
// nothing.
func oneNamespace(models []Model) bool {
	of := func(m Model) string { return strings.TrimSuffix(m.Name, nameOfModel(m.Name)) }
	return !slices.ContainsFunc(models, func(m Model) bool { return of(m) != of(models[0]) })
}

func listed(names []string, short bool) string {
	names = slices.Clone(names)
	if short {
		for i, name := range names {
			names[i] = nameOfModel(name)
		}
	}
	if rest := len(names) - maxNames; rest > 0 {
		names = append(names[:maxNames], fmt.Sprint(rest, " more"))
	}
	return strings.Join(names, ", ")
}
