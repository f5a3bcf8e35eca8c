package render

import (
	"slices"

	"k8s.io/apimachinery/pkg/api/resource"
	"k8s.io/apimachinery/pkg/util/intstr"

	"github.com/seldonctl/seldonctl/manifest"
)

// The functions that encoders.go calls. Those with Any in their names, and those of
// lists, maps and pointers, leave out a member that is empty. Encoders of structs
// begin a member themselves, unless its name is empty: generic functions for them
// would be in the program once for each type.

func beginMap(e manifest.Encoder, name string) {
	if name != "" {
		e.Field(name)
	}
	e.BeginMap()
}

func putText(e manifest.Encoder, name, v string) {
	e.Field(name)
	e.Text(v)
}

func putAnyText(e manifest.Encoder, name, v string) {
	if v != "" {
		putText(e, name, v)
	}
}

func putTextAt[T ~string](e manifest.Encoder, name string, v *T) {
	if v != nil {
		putText(e, name, string(*v))
	}
}

func putBool(e manifest.Encoder, name string, v bool) {
	e.Field(name)
	e.Bool(v)
}

func putAnyBool(e manifest.Encoder, name string, v bool) {
	if v {
		putBool(e, name, v)
	}
}

func putBoolAt(e manifest.Encoder, name string, v *bool) {
	if v != nil {
		putBool(e, name, *v)
	}
}

func putInt(e manifest.Encoder, name string, v int64) {
	e.Field(name)
	e.Int(v)
}

func putAnyInt(e manifest.Encoder, name string, v int64) {
	if v != 0 {
		putInt(e, name, v)
	}
}

func putIntAt[T ~int | ~int32 | ~int64](e manifest.Encoder, name string, v *T) {
	if v != nil {
		putInt(e, name, int64(*v))
	}
}

func putList(e manifest.Encoder, name string, n int, encode func(i int)) {
	if n > 0 {
		e.Field(name)
		encodeList(e, n, encode)
	}
}

func encodeList(e manifest.Encoder, n int, encode func(i int)) {
	e.BeginList()
	for i := range n {
		encode(i)
	}
	e.EndList()
}

func putTexts[T ~string](e manifest.Encoder, name string, v []T) {
	if len(v) > 0 {
		e.Field(name)
		encodeTexts(e, v)
	}
}

func putTextMap[T ~string](e manifest.Encoder, name string, v map[string]T) {
	if len(v) > 0 {
		e.Field(name)
		encodeTextMap(e, v)
	}
}

func encodeQuantity(e manifest.Encoder, name string, v *resource.Quantity) {
	if name != "" {
		e.Field(name)
	}
	// String keeps what it made in the value, and that one belongs to others.
	q := *v
	e.Text(q.String())
}

func encodeIntOrString(e manifest.Encoder, name string, v *intstr.IntOrString) {
	if name != "" {
		e.Field(name)
	}
	if v.Type == intstr.Int {
		e.Int(int64(v.IntVal))
	} else {
		e.Text(v.StrVal)
	}
}

func encodeTexts[V ~string](e manifest.Encoder, v []V) {
	e.BeginList()
	for _, text := range v {
		e.Text(string(text))
	}
	e.EndList()
}

func encodeTextMap[V ~string](e manifest.Encoder, v map[string]V) {
	e.BeginMap()
	var few [8]string
	for _, key := range sortedKeys(few[:0], v) {
		e.Key(key)
		e.Text(string(v[key]))
	}
	e.EndMap()
}

// sortedKeys appends the keys of a map to keys, which has room for a few.
func sortedKeys[K ~string, V any](keys []K, m map[K]V) []K {
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
