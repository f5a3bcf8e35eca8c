package render

import (
	"reflect"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// fieldFilter empties the fields that a release's own types do not have, so
// that nothing of them reaches an object (docs/behaviour/core.md, 0). Only the
// ways that lead to such a field are walked.
type fieldFilter struct {
	root *fieldStep
}

// fieldStep is what to do with a value of one type.
type fieldStep struct {
	// clear are the fields of a struct to empty.
	clear []int
	// fields are the fields of a struct to walk into.
	fields []fieldChild
	// elem is what to do with what a pointer, slice or array holds.
	elem *fieldStep
}

type fieldChild struct {
	index int
	step  *fieldStep
}

func newFieldFilter(unknown release.FieldMask) *fieldFilter {
	b := fieldFilterBuilder{unknown: unknown, steps: map[reflect.Type]*fieldStep{}}
	return &fieldFilter{root: b.build(reflect.TypeFor[seldon.Deployment]())}
}

func (f *fieldFilter) clear(sd *seldon.Deployment) {
	if f.root != nil {
		f.root.apply(reflect.ValueOf(sd).Elem())
	}
}

func (s *fieldStep) apply(v reflect.Value) {
	if s.elem != nil {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				s.elem.apply(v.Elem())
			}
		default:
			for i := range v.Len() {
				s.elem.apply(v.Index(i))
			}
		}
		return
	}
	for _, i := range s.clear {
		v.Field(i).SetZero()
	}
	for _, c := range s.fields {
		c.step.apply(v.Field(c.index))
	}
}

type fieldFilterBuilder struct {
	unknown release.FieldMask
	steps   map[reflect.Type]*fieldStep
}

// build returns what to do with values of a type, or nil for nothing. A type
// that holds itself (a unit its children) is walked into again.
func (b *fieldFilterBuilder) build(t reflect.Type) *fieldStep {
	if step, ok := b.steps[t]; ok {
		return step
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		elem := b.build(t.Elem())
		if elem == nil {
			return nil
		}
		return &fieldStep{elem: elem}
	case reflect.Struct:
		return b.buildStruct(t)
	}
	return nil
}

func (b *fieldFilterBuilder) buildStruct(t reflect.Type) *fieldStep {
	step := &fieldStep{}
	b.steps[t] = step // known before its fields, for types that hold themselves
	names := b.unknown[t.PkgPath()+"."+t.Name()]
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case !f.IsExported():
		case name != "" && slices.Contains(names, name):
			step.clear = append(step.clear, i)
		default:
			if child := b.build(f.Type); child != nil {
				step.fields = append(step.fields, fieldChild{i, child})
			}
		}
	}
	if len(step.clear) == 0 && !slices.ContainsFunc(step.fields, func(c fieldChild) bool { return c.step.target() != step }) {
		b.steps[t] = nil
		return nil
	}
	return step
}

// target is what the step does to a struct in the end.
func (s *fieldStep) target() *fieldStep {
	for s.elem != nil {
		s = s.elem
	}
	return s
}
