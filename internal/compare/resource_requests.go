package compare

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/seldonctl/seldonctl/seldon"
)

// Resources are quantities by the name of the resource.
type Resources map[string]resource.Quantity

// Add adds others.
func (r Resources) Add(others Resources) {
	for name, q := range others {
		sum := r[name]
		sum.Add(q)
		r[name] = sum
	}
}

// NotZero returns those that are not nothing, nil for none.
func (r Resources) NotZero() Resources {
	var out Resources
	for name, q := range r {
		if !q.IsZero() {
			if out == nil {
				out = Resources{}
			}
			out[name] = q
		}
	}
	return out
}

// String writes what is not nothing with its sign: "+0.5 CPU, -1Gi".
func (r Resources) String() string {
	var parts []string
	// The CPU and the memory are what everybody asks for.
	names := slices.Sorted(maps.Keys(r))
	slices.SortStableFunc(names, func(a, b string) int { return precedence(a) - precedence(b) })
	for _, name := range names {
		q := r[name]
		if q.IsZero() {
			continue
		}
		text := q.String()
		if name == "cpu" {
			text = q.AsDec().String()
			if strings.Contains(text, ".") {
				text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
			}
		}
		if q.Sign() > 0 {
			text = "+" + text
		}
		switch name {
		case "cpu":
			text += " CPU"
		case "memory":
		default:
			text += " " + name
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, ", ")
}

func precedence(resource string) int {
	switch resource {
	case "cpu":
		return 0
	case "memory":
		return 1
	}
	return 2
}

// growth returns by how much the requests of an object's pods grow.
func growth(from, to map[string]any) Resources {
	out := requests(to)
	for name, q := range requests(from) {
		sum := out[name]
		sum.Sub(q)
		out[name] = sum
	}
	return out
}

// restore gives both sides the replicas of the cluster where neither says how
// many there are.
func restore(from, to map[string]any, replicas any) {
	for _, object := range []map[string]any{from, to} {
		spec, _ := object["spec"].(map[string]any)
		if _, said := spec["replicas"]; !said && spec["template"] != nil && replicas != nil {
			spec["replicas"] = replicas
		}
	}
}

// requests returns what the pods of an object ask for. A container that has limits
// only asks for these; init containers run before the others.
func requests(object map[string]any) Resources {
	out := Resources{}
	pod, _ := field(object, "spec.template.spec").(map[string]any)
	if pod == nil {
		return out
	}
	first := Resources{}
	for _, c := range items(pod["initContainers"]) {
		for name, q := range containerRequests(c) {
			if least, ok := first[name]; !ok || q.Cmp(least) > 0 {
				first[name] = q
			}
		}
	}
	for _, c := range items(pod["containers"]) {
		out.Add(containerRequests(c))
	}
	for name, q := range first {
		if sum := out[name]; q.Cmp(sum) > 0 {
			out[name] = q
		}
	}
	replicas := int64(1)
	if n, ok := field(object, "spec.replicas").(json.Number); ok {
		if whole, err := n.Int64(); err == nil && whole >= 0 {
			replicas = min(whole, 1<<31)
		}
	}
	for name, q := range out {
		q.Mul(replicas)
		out[name] = q
	}
	return out
}

func items(list any) []map[string]any {
	all, _ := list.([]any)
	var out []map[string]any
	for _, item := range all {
		if members, ok := item.(map[string]any); ok {
			out = append(out, members)
		}
	}
	return out
}

func containerRequests(container map[string]any) Resources {
	out := Resources{}
	for _, member := range []string{"resources.limits", "resources.requests"} {
		quantities, _ := field(container, member).(map[string]any)
		for name, value := range quantities {
			text, ok := value.(string)
			if n, isNumber := value.(json.Number); isNumber {
				text, ok = n.String(), true
			}
			if !ok {
				continue
			}
			if q, err := seldon.ParseQuantity(text); err == nil {
				out[name] = q
			}
		}
	}
	return out
}
