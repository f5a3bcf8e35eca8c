package live

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/internal/leaf"
	"github.com/seldonctl/seldonctl/manifest"
)

// Options say what is known about an object from others.
type Options struct {
	// Autoscaled says that something else decides about the replicas.
	Autoscaled bool
}

// Align returns the live object with everything taken from the desired one that
// means the same, and without what only a server, a tool or a controller has put
// there: what is left differs from the desired object in substance. The paths are
// those at which the objects differ otherwise. Neither object is changed, and
// both may be in another version of their API than they came in.
//
// An object that kubectl apply made remembers what was applied; what is neither
// in there nor desired is left alone by kubectl, and is not a difference.
func Align(id manifest.ID, live, desired map[string]any, o Options) (aligned, wanted map[string]any, ignored []string) {
	w := &walker{options: o, helm: isHelms(live)}
	was, known := lastApplied(live)
	live, desired, was = w.sameVersion(id, live, desired, was)
	at := place{kind: kindOf(id)}
	aligned = w.mapping(at, live, desired, applied{was, known})
	return aligned, desired, w.ignored
}

// Bare returns an object without what is never part of what is applied.
func Bare(object map[string]any) map[string]any { return bare(place{}, object) }

func bare(at place, object map[string]any) map[string]any {
	out := make(map[string]any, len(object))
	for key, value := range object {
		below := at.member(key)
		if isMark(below) {
			continue
		}
		if members, ok := value.(map[string]any); ok && strings.HasPrefix(below.path, "metadata") {
			value = bare(below, members)
		}
		out[key] = value
	}
	return out
}

// Template is [Align] for the template of pods.
func Template(live, desired any) (aligned any) {
	at := place{kind: kind{native: true}, path: "spec", field: "spec"}
	return (&walker{}).value(at.member("template"), live, desired, applied{})
}

// walker goes through both objects together.
type walker struct {
	options Options
	// helm says that Helm has marked the object as its own.
	helm    bool
	ignored []string
}

// place is where a value stands.
type place struct {
	path string
	// field is the last name in the path, of a list that of all its items; above is
	// the one before.
	field, above string
	kind
	// hostNetwork says that the pods use the network of their node.
	hostNetwork bool
}

// applied is what kubectl apply remembers of a value.
type applied struct {
	value any
	known bool
}

func (w *walker) ignore(path string) { w.ignored = append(w.ignored, path) }

// value returns the live value, or the desired one where it means the same.
func (w *walker) value(at place, live, desired any, was applied) any {
	switch l := live.(type) {
	case map[string]any:
		if d, ok := desired.(map[string]any); ok {
			return w.mapping(at, l, d, was)
		}
	case []any:
		if d, ok := desired.([]any); ok {
			return w.list(at, l, d, was)
		}
	}
	if reflect.DeepEqual(live, desired) {
		return desired
	}
	if sameValue(at, live, desired) || isEmpty(live) && isEmpty(desired) {
		w.ignore(at.path)
		return desired
	}
	return live
}

func (w *walker) mapping(at place, live, desired map[string]any, was applied) map[string]any {
	if at.field == "spec" {
		at.hostNetwork = live["hostNetwork"] == true || desired["hostNetwork"] == true
	}
	out := make(map[string]any, len(desired))
	for _, key := range slices.Sorted(maps.Keys(desired)) {
		below := at.member(key)
		value, both := live[key]
		switch {
		case isMark(below) || both && w.isRelabelled(below, value):
			if !reflect.DeepEqual(value, desired[key]) {
				w.ignore(below.path)
			}
			out[key] = desired[key]
		case both:
			out[key] = w.value(below, value, desired[key], was.member(key))
		case saysNothing(at, key, desired[key], live):
			w.ignore(below.path)
			out[key] = desired[key]
		}
	}
	for _, key := range slices.Sorted(maps.Keys(live)) {
		if _, both := desired[key]; both {
			continue
		}
		below := at.member(key)
		members, _ := live[key].(map[string]any)
		switch {
		case isMark(below) || w.isFilledIn(below, live[key]) || saysNothing(at, key, live[key], desired) || was.lacks(key) || !at.known:
			w.ignore(below.path)
		case (isTextMap(key) || key == "metadata") && len(members) > 0:
			if rest := w.mapping(below, members, nil, was.member(key)); len(rest) > 0 {
				out[key] = rest
			}
		default:
			out[key] = live[key]
		}
	}
	return out
}

// list pairs the items by what names them, or else by their place.
func (w *walker) list(at place, live, desired []any, was applied) []any {
	var key string
	for _, name := range []string{"name", "mountPath", "containerPort", "port"} {
		if allHave(live, name) && allHave(desired, name) {
			key = name
			break
		}
	}
	if key == "" {
		return w.byPlace(at, live, desired)
	}
	waiting := map[string][]any{}
	for _, item := range desired {
		name := nameOf(item, key)
		waiting[name] = append(waiting[name], item)
	}
	items, _ := was.value.([]any)
	before := make(map[string]any, len(items))
	for _, item := range items {
		before[nameOf(item, key)] = item
	}
	was.known = was.known && at.native && mergesByKey(at.field)
	out := make([]any, 0, len(live))
	for _, item := range live {
		name := nameOf(item, key)
		below := at.item(name)
		was := applied{before[name], was.known}
		switch next := waiting[name]; {
		case len(next) > 0:
			out = append(out, w.value(below, item, next[0], was))
			waiting[name] = next[1:]
		case was.known && was.value == nil, w.isFilledIn(below, item):
			w.ignore(below.path)
		default:
			out = append(out, item)
		}
	}
	return out
}

// byPlace pairs the items of a list by their place. kubectl apply replaces such a
// list as a whole.
func (w *walker) byPlace(at place, live, desired []any) []any {
	out := slices.Clone(live)
	for i := range min(len(live), len(desired)) {
		out[i] = w.value(at.item(fmt.Sprint(i)), live[i], desired[i], applied{})
	}
	return out
}

// saysNothing reports whether a member could be left out as well: it is empty, or
// what a cluster fills in where the siblings are those of the side that lacks it.
func saysNothing(at place, key string, value any, siblings map[string]any) bool {
	switch {
	case value == nil:
		return true
	case isTextMap(at.field):
		return false
	case isDefault(at, key, value, siblings):
		return true
	case !at.native, strings.HasSuffix(key, "Selector"), key == "storageClassName":
		// Of selectors and classes, empty ones mean all there are, or none.
		return false
	case isEmpty(value):
		return true
	}
	members, ok := value.(map[string]any)
	if !ok || isTextMap(key) {
		return false
	}
	for name, member := range members {
		if !saysNothing(at.member(key), name, member, nil) {
			return false
		}
	}
	return true
}

// isTextMap reports whether the keys of a mapping are a user's, so that every
// member counts.
func isTextMap(field string) bool {
	switch field {
	case "labels", "annotations", "matchLabels", "nodeSelector", "selector", "data", "binaryData", "limits", "requests":
		return true
	}
	return false
}

// mergesByKey reports whether kubectl apply merges the items of a list of
// Kubernetes' own.
func mergesByKey(field string) bool {
	switch field {
	case "containers", "initContainers", "env", "ports", "volumes", "volumeMounts", "volumeDevices", "imagePullSecrets", "secrets":
		return true
	}
	return false
}

func (p place) member(key string) place {
	below := p
	below.path, below.field, below.above = string(leaf.AppendKey([]byte(p.path), key)), key, p.field
	switch {
	case key == "template" && p.field == "spec" && p.native:
		below.defaults, below.known = podDefaults(), true
	case key == "volumeClaimTemplate", key == "volumeClaimTemplates":
		below.defaults = claimDefaults()
	}
	return below
}

// item is the place of an item of a list, whose members are found by the list.
func (p place) item(name string) place {
	p.path += "[" + name + "]"
	return p
}

func (a applied) member(key string) applied {
	members, _ := a.value.(map[string]any)
	return applied{members[key], a.known}
}

// lacks reports whether something was applied, without the member.
func (a applied) lacks(key string) bool {
	members, _ := a.value.(map[string]any)
	_, has := members[key]
	return a.known && !has
}

func allHave(list []any, key string) bool {
	return !slices.ContainsFunc(list, func(item any) bool { return nameOf(item, key) == "" })
}

func nameOf(item any, key string) string {
	members, _ := item.(map[string]any)
	text, _ := scalarText(members[key])
	return text
}

func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case map[string]any:
		return len(v) == 0
	case []any:
		return len(v) == 0
	}
	return false
}
