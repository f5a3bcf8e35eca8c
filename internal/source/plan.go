package source

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"sync"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// structPlan says how a mapping becomes a struct.
type structPlan struct {
	typ    reflect.Type
	fields map[string]*fieldPlan
	// order has the names as the type declares them.
	order []string
	// required are the names that the custom resource definition insists on.
	required []string
	// readsJSON says that values of the type read themselves from JSON.
	readsJSON bool
}

// fieldPlan is a field of a struct, possibly of one embedded in it.
type fieldPlan struct {
	// index is nil for a field of the release's type that today's no longer has.
	index []int
	typ   reflect.Type
	// tooNew says that the release does not know the field, pruned that the schema of
	// its custom resource does not.
	tooNew, pruned bool
}

// plans are the struct plans of a decoder, made when first needed.
type plans struct {
	mask, pruned release.FieldMask
	made         sync.Map
	// stacks are *stacks of walkers that have come to their end.
	stacks sync.Pool
}

func (p *plans) of(typ reflect.Type) *structPlan {
	if made, ok := p.made.Load(typ); ok {
		return made.(*structPlan)
	}
	plan := &structPlan{typ: typ, fields: map[string]*fieldPlan{}, required: requiredFields(typ), readsJSON: readsJSON(typ)}
	if !plan.readsJSON {
		p.collect(plan, typ, nil)
	}
	for _, name := range p.pruned[typeName(typ)] {
		if plan.fields[name] == nil {
			plan.fields[name] = &fieldPlan{typ: reflect.TypeFor[seldon.Ignored](), pruned: true}
		}
	}
	made, _ := p.made.LoadOrStore(typ, plan)
	return made.(*structPlan)
}

// collect adds the fields of the type; those of embedded structs come after
// its own, so that a field nearer to the top wins, as in encoding/json.
func (p *plans) collect(plan *structPlan, typ reflect.Type, index []int) {
	masked, pruned := p.mask[typeName(typ)], p.pruned[typeName(typ)]
	var embedded []reflect.StructField
	for f := range typ.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			embedded = append(embedded, f)
			continue
		case !f.IsExported() || name == "-":
			continue
		case name == "":
			name = f.Name
		}
		if _, taken := plan.fields[name]; taken {
			continue
		}
		at := append(append([]int(nil), index...), f.Index...)
		plan.fields[name] = &fieldPlan{index: at, typ: f.Type, tooNew: slices.Contains(masked, name), pruned: slices.Contains(pruned, name)}
		plan.order = append(plan.order, name)
	}
	for _, f := range embedded {
		p.collect(plan, f.Type, append(append([]int(nil), index...), f.Index...))
	}
}

func typeName(typ reflect.Type) string { return typ.PkgPath() + "." + typ.Name() }

func readsJSON(typ reflect.Type) bool {
	return reflect.PointerTo(typ).Implements(reflect.TypeFor[json.Unmarshaler]())
}
