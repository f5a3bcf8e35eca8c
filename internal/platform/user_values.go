package platform

import (
	"reflect"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// said is what the user wrote of a value that a fragment is merged into; its zero
// value stands for nothing.
type said struct {
	value reflect.Value
	// at is the place of the value in the user's text, and has looks there: Go's
	// types do not tell false from nothing. Both may be nil.
	at  *field.Path
	has func(*field.Path) bool
}

func (s said) isSet() bool {
	return s.value.IsValid() && (!s.value.IsZero() || s.at != nil && s.has != nil && s.has(s.at))
}

// elem is what a pointer points to.
func (s said) elem() said {
	if s.value.IsValid() {
		s.value = s.value.Elem()
	}
	return s
}

// field is a field of a struct.
func (s said) field(name string, index []int) said {
	if !s.value.IsValid() {
		return said{}
	}
	s.value = s.value.FieldByIndex(index)
	if s.at != nil {
		s.at = s.at.Child(name)
	}
	return s
}

// item is an item of a list; below zero it is nothing.
func (s said) item(i int) said {
	if i < 0 {
		return said{}
	}
	s.value = s.value.Index(i)
	if s.at != nil {
		s.at = s.at.Index(i)
	}
	return s
}
