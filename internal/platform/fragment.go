package platform

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
)

// fragment is a part of an object, ready to be merged into values of its type as
// a strategic merge patch is: structs and maps field by field, lists by the merge
// key that Kubernetes declares for them, everything else as a whole. A null
// removes.
type fragment struct {
	remove bool
	// value is set as a whole; invalid where one of the others is used.
	value  reflect.Value
	fields []fieldFragment
	// union are the fields of a struct of which Kubernetes takes only one.
	union []reflect.StructField
	keys  []keyFragment
	items []itemFragment
	// mergeKey is the index of the field that tells items apart; nil in a set of
	// scalars.
	mergeKey []int
}

type fieldFragment struct {
	index []int
	name  string
	typ   reflect.Type
	*fragment
}

type keyFragment struct {
	key reflect.Value
	*fragment
}

type itemFragment struct {
	key any
	*fragment
}

// compile makes a fragment of JSON that fits the type.
func compile(data []byte, typ reflect.Type) (*fragment, error) {
	var tree any
	if err := json.Unmarshal(data, &tree); err != nil {
		return nil, err
	}
	return compileAt(tree, typ, "")
}

func compileAt(tree any, typ reflect.Type, tag reflect.StructTag) (*fragment, error) {
	f := &fragment{remove: tree == nil}
	if f.remove {
		return f, nil
	}
	base := typ
	if base.Kind() == reflect.Pointer {
		base = base.Elem()
	}
	switch tree := tree.(type) {
	case map[string]any:
		if base.Kind() == reflect.Struct && !readsItself(base) {
			return f, f.compileStruct(tree, base)
		}
		if base.Kind() == reflect.Map {
			return f, f.compileMap(tree, base)
		}
	case []any:
		if slices.Contains(strings.Split(tag.Get("patchStrategy"), ","), "merge") {
			return f, f.compileItems(tree, base, tag.Get("patchMergeKey"))
		}
	}
	var err error
	f.value, err = typed(tree, typ)
	return f, err
}

// readsItself reports whether a struct is a scalar in JSON, such as a quantity.
func readsItself(t reflect.Type) bool {
	_, ok := reflect.New(t).Interface().(json.Unmarshaler)
	return ok
}

// typed returns a tree of JSON as a value of the type.
func typed(tree any, typ reflect.Type) (reflect.Value, error) {
	data, err := json.Marshal(tree)
	if err != nil {
		return reflect.Value{}, err
	}
	value := reflect.New(typ)
	err = json.Unmarshal(data, value.Interface())
	return value.Elem(), err
}

func (f *fragment) compileStruct(object map[string]any, typ reflect.Type) error {
	for _, name := range unionOf(typ) {
		field, _ := fieldNamed(typ, name)
		f.union = append(f.union, field)
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		field, ok := fieldNamed(typ, name)
		if !ok {
			return fmt.Errorf("%s has no field %s", typ.Name(), name)
		}
		inner, err := compileAt(object[name], field.Type, field.Tag)
		if err != nil {
			return err
		}
		f.fields = append(f.fields, fieldFragment{field.Index, name, field.Type, inner})
	}
	return nil
}

func (f *fragment) compileMap(object map[string]any, typ reflect.Type) error {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		inner, err := compileAt(object[name], typ.Elem(), "")
		if err != nil {
			return err
		}
		f.keys = append(f.keys, keyFragment{reflect.ValueOf(name).Convert(typ.Key()), inner})
	}
	return nil
}

func (f *fragment) compileItems(list []any, typ reflect.Type, mergeKey string) error {
	if mergeKey != "" {
		field, ok := fieldNamed(typ.Elem(), mergeKey)
		if !ok {
			return fmt.Errorf("%s has no field %s", typ.Elem().Name(), mergeKey)
		}
		f.mergeKey = field.Index
	}
	for i, item := range list {
		inner, err := compileAt(item, typ.Elem(), "")
		if err != nil {
			return err
		}
		whole, err := typed(item, typ.Elem())
		if err != nil {
			return err
		}
		key := f.keyOf(whole)
		if reflect.ValueOf(key).IsZero() {
			return fmt.Errorf("[%d].%s is required", i, mergeKey)
		}
		f.items = append(f.items, itemFragment{key, inner})
	}
	return nil
}

// keyOf returns what tells an item of a list from the others.
func (f *fragment) keyOf(item reflect.Value) any {
	if f.mergeKey != nil {
		item = item.FieldByIndex(f.mergeKey)
	}
	return item.Interface()
}

// fieldNamed returns the field of a JSON name, with its index from the outermost
// struct.
func fieldNamed(typ reflect.Type, name string) (reflect.StructField, bool) {
	for _, field := range reflect.VisibleFields(typ) {
		if tag, _, _ := strings.Cut(field.Tag.Get("json"), ","); tag == name && !field.Anonymous {
			return field, true
		}
	}
	return reflect.StructField{}, false
}

// merge merges the fragment into dst, which is settable. Nothing that dst points
// to is changed: objects may share it. What user sets keeps its value.
func (f *fragment) merge(dst reflect.Value, user said) {
	switch {
	case f.value.IsValid() || f.remove:
		if user.isSet() {
			return
		}
		if f.remove {
			dst.SetZero()
		} else {
			dst.Set(f.value)
		}
	case dst.Kind() == reflect.Pointer:
		fresh := reflect.New(dst.Type().Elem())
		if !dst.IsNil() {
			fresh.Elem().Set(dst.Elem())
		}
		dst.Set(fresh)
		f.merge(fresh.Elem(), user.elem())
	case dst.Kind() == reflect.Struct:
		f.mergeStruct(dst, user)
	case dst.Kind() == reflect.Map:
		f.mergeMap(dst, user)
	case dst.Kind() == reflect.Slice:
		f.mergeItems(dst, user)
	}
}

func isSet(v reflect.Value) bool { return v.IsValid() && !v.IsZero() }

func (f *fragment) mergeStruct(dst reflect.Value, user said) {
	for _, field := range f.fields {
		if f.inUnion(field) && !field.remove {
			if f.unionIsSet(user) {
				continue
			}
			f.clearOthers(dst, field)
		}
		field.merge(dst.FieldByIndex(field.index), user.field(field.name, field.index))
	}
	// The API server refuses both together.
	if s, ok := dst.Addr().Interface().(*appsv1.DeploymentStrategy); ok && s.Type == appsv1.RecreateDeploymentStrategyType {
		s.RollingUpdate = nil
	}
}

// unionOf returns the fields of which Kubernetes takes only one.
func unionOf(typ reflect.Type) []string {
	switch typ {
	case reflect.TypeFor[corev1.Probe]():
		return []string{"exec", "httpGet", "tcpSocket", "grpc"}
	case reflect.TypeFor[corev1.LifecycleHandler]():
		return []string{"exec", "httpGet", "tcpSocket", "sleep"}
	case reflect.TypeFor[corev1.EnvVar]():
		return []string{"value", "valueFrom"}
	case reflect.TypeFor[corev1.Volume]():
		var sources []string
		for field := range reflect.TypeFor[corev1.VolumeSource]().Fields() {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			sources = append(sources, name)
		}
		return sources
	}
	return nil
}

func (f *fragment) inUnion(field fieldFragment) bool {
	return slices.ContainsFunc(f.union, func(m reflect.StructField) bool { return slices.Equal(m.Index, field.index) })
}

func (f *fragment) unionIsSet(user said) bool {
	return slices.ContainsFunc(f.union, func(m reflect.StructField) bool {
		name, _, _ := strings.Cut(m.Tag.Get("json"), ",")
		return user.field(name, m.Index).isSet()
	})
}

func (f *fragment) clearOthers(v reflect.Value, kept fieldFragment) {
	for _, m := range f.union {
		if !slices.Equal(m.Index, kept.index) {
			v.FieldByIndex(m.Index).SetZero()
		}
	}
}

func (f *fragment) mergeMap(dst reflect.Value, user said) {
	fresh := cloneMap(dst)
	for _, k := range f.keys {
		if user.value.IsValid() && user.value.MapIndex(k.key).IsValid() {
			continue
		}
		value := reflect.New(dst.Type().Elem()).Elem()
		if old := fresh.MapIndex(k.key); old.IsValid() {
			value.Set(old)
		}
		if k.remove {
			value = reflect.Value{}
		} else {
			k.merge(value, said{})
		}
		fresh.SetMapIndex(k.key, value)
	}
	dst.Set(fresh)
}

// cloneMap returns a map with the same entries. Labels and annotations, which are
// most of the maps, are copied without reflection.
func cloneMap(m reflect.Value) reflect.Value {
	if texts, ok := m.Interface().(map[string]string); ok && texts != nil {
		return reflect.ValueOf(maps.Clone(texts))
	}
	fresh := reflect.MakeMap(m.Type())
	for key, value := range m.Seq2() {
		fresh.SetMapIndex(key, value)
	}
	return fresh
}

// mergeItems merges items by their keys; new ones come last.
func (f *fragment) mergeItems(dst reflect.Value, user said) {
	fresh := reflect.MakeSlice(dst.Type(), 0, dst.Len()+len(f.items))
	fresh = reflect.AppendSlice(fresh, dst)
	for _, item := range f.items {
		at := f.find(fresh, item.key)
		if at < 0 {
			fresh = reflect.Append(fresh, reflect.Zero(dst.Type().Elem()))
			at = fresh.Len() - 1
		}
		item.merge(fresh.Index(at), user.item(f.find(user.value, item.key)))
	}
	dst.Set(fresh)
}

func (f *fragment) find(list reflect.Value, key any) int {
	if !list.IsValid() {
		return -1
	}
	for i := range list.Len() {
		if f.keyOf(list.Index(i)) == key {
			return i
		}
	}
	return -1
}

// differs returns the path of a field that two fragments of a type set to
// different values; ok is false when there is none.
func (f *fragment) differs(g *fragment) (path string, ok bool) {
	switch {
	case f.remove || g.remove || f.value.IsValid() || g.value.IsValid():
		same := f.remove && g.remove || f.value.IsValid() && g.value.IsValid() && reflect.DeepEqual(f.value.Interface(), g.value.Interface())
		return "", !same
	}
	for _, a := range f.fields {
		for _, b := range g.fields {
			if a.name == b.name {
				if path, ok = a.fragment.differs(b.fragment); ok {
					return "." + a.name + path, true
				}
			}
		}
	}
	for _, a := range f.keys {
		for _, b := range g.keys {
			if a.key.Interface() == b.key.Interface() {
				if path, ok = a.fragment.differs(b.fragment); ok {
					return fmt.Sprintf("[%v]%s", a.key, path), true
				}
			}
		}
	}
	for _, a := range f.items {
		for _, b := range g.items {
			if a.key == b.key {
				if path, ok = a.fragment.differs(b.fragment); ok {
					return fmt.Sprintf("[%v]%s", a.key, path), true
				}
			}
		}
	}
	return "", false
}
