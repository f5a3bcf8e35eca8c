package source

import (
	"reflect"
	"strings"

	"github.com/seldonctl/seldonctl/internal/spelling"
	"github.com/seldonctl/seldonctl/internal/syntax"
)

// suggest returns a hint for an unknown name: the same name in other letters,
// the place where the name belongs, or the nearest known name.
func (w *walker) suggest(plan *structPlan, name string) string {
	if strings.Contains(name, syntax.NoBreakSpace) {
		return "a no-break space is part of the name: type an ordinary space in its place"
	}
	known := w.known(plan)
	for _, k := range known {
		if strings.EqualFold(k, name) {
			return "did you mean " + k + "? capitals count"
		}
	}
	for _, k := range known {
		if below := structBelow(plan.fields[k].typ); below != nil && w.has(w.plans.of(below), name) {
			return name + " belongs to " + k + ": indent it deeper"
		}
	}
	for i := len(w.steps) - 1; i >= 0; i-- {
		s := w.steps[i]
		if s.plan != nil && s.plan != plan && w.has(s.plan, name) && w.find(name, s.start, s.end) < 0 {
			return name + " belongs next to " + s.name + ", further up: indent it less"
		}
	}
	if nearest := spelling.Nearest(name, known); nearest != "" {
		return "did you mean " + nearest + "?"
	}
	return ""
}

func (w *walker) known(plan *structPlan) []string {
	names := make([]string, 0, len(plan.order))
	for _, name := range plan.order {
		if w.has(plan, name) {
			names = append(names, name)
		}
	}
	return names
}

func (w *walker) has(plan *structPlan, name string) bool {
	f := plan.fields[name]
	return f != nil && !(f.tooNew && w.masked)
}

// structBelow returns the struct that a field holds, alone or in a list.
func structBelow(typ reflect.Type) reflect.Type {
	for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct {
		return nil
	}
	return typ
}
