package seldon

import (
	"iter"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"
)

// The types of a unit.
const (
	UnknownType       = "UNKNOWN_TYPE"
	Router            = "ROUTER"
	Combiner          = "COMBINER"
	Model             = "MODEL"
	Transformer       = "TRANSFORMER"
	OutputTransformer = "OUTPUT_TRANSFORMER"
)

// UnknownImplementation is what defaulting writes for units of the user's own.
const UnknownImplementation = "UNKNOWN_IMPLEMENTATION"

// Walk visits the unit and all units below it in pre-order, each with its path
// below the given one, of which nil makes none. Every rule about graphs depends on this order.
func (u *Unit) Walk(path *field.Path) iter.Seq2[*field.Path, *Unit] {
	return func(yield func(*field.Path, *Unit) bool) { u.walk(path, yield) }
}

func (u *Unit) walk(path *field.Path, yield func(*field.Path, *Unit) bool) bool {
	if !yield(path, u) {
		return false
	}
	for i := range u.Children {
		below := path
		if path != nil {
			below = path.Child("children").Index(i)
		}
		if !u.Children[i].walk(below, yield) {
			return false
		}
	}
	return true
}

// Find returns the first unit of that name in pre-order, or nil.
func (u *Unit) Find(name string) *Unit {
	if u.Name == name {
		return u
	}
	for i := range u.Children {
		if found := u.Children[i].Find(name); found != nil {
			return found
		}
	}
	return nil
}

// Prepackaged reports whether a model server of the values serves the unit,
// rather than a container of the user's or a built-in of the orchestrator.
func (u *Unit) Prepackaged() bool {
	return u.Implementation != nil && *u.Implementation != "" && !BuiltIn(*u.Implementation)
}

// BuiltIn reports whether the implementation is one of the five names that the
// orchestrator itself provides or that say nothing.
func BuiltIn(implementation string) bool {
	switch implementation {
	case UnknownImplementation, "SIMPLE_MODEL", "SIMPLE_ROUTER", "RANDOM_ABTEST", "AVERAGE_COMBINER":
		return true
	}
	return false
}

// Container returns the first container of that name in the predictor's
// component specs and the index of its component spec, or nil and -1.
func (p *Predictor) Container(name string) (*corev1.Container, int) {
	for j, cs := range p.ComponentSpecs {
		if cs == nil {
			continue
		}
		for k := range cs.Spec.Containers {
			if cs.Spec.Containers[k].Name == name {
				return &cs.Spec.Containers[k], j
			}
		}
	}
	return nil, -1
}

// Explained reports whether the predictor has an explainer with a type.
func (p *Predictor) Explained() bool {
	return p.Explainer != nil && p.Explainer.Type != ""
}
