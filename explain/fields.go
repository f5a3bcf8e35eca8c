package explain

import (
	"bytes"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/seldon"
)

// newEditor makes a change for each field of a SeldonDeployment that is a scalar.
// Changes keep the manifest valid where they can: a name is another name, a
// quantity another quantity.
func newEditor(sd *seldon.Deployment) (*editor, error) {
	text, err := json.Marshal(sd)
	if err != nil {
		return nil, err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	e := &editor{}
	if err := decoder.Decode(&e.tree); err != nil {
		return nil, err
	}
	e.walk(e.tree, nil, nil)
	return e, nil
}

// located returns the changes with the places of their fields.
func (e *editor) located(locator finding.Locator) []change {
	for i := range e.changes {
		if locator != nil {
			e.changes[i].source.Pos = locator.Locate(e.paths[i])
		}
	}
	return e.changes
}

// editor changes one field of a tree at a time.
type editor struct {
	tree    any
	changes []change
	paths   []*field.Path
}

// step leads from a map or list to a member: set puts another value there, nil
// takes it away.
type step func(value any)

// walk visits the scalars below a value; set changes the value.
func (e *editor) walk(value any, path *field.Path, set step) {
	switch value := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			if path == nil && slices.Contains([]string{"apiVersion", "kind", "status"}, key) {
				continue
			}
			e.walk(value[key], below(path, key), func(v any) {
				if v == nil {
					delete(value, key)
					return
				}
				value[key] = v
			})
		}
	case []any:
		for i := range value {
			e.walk(value[i], path.Index(i), func(v any) { value[i] = v })
		}
	default:
		e.add(value, path, set)
	}
}

func below(path *field.Path, key string) *field.Path {
	switch {
	case strings.ContainsAny(key, "./"):
		return path.Key(key)
	case path == nil:
		return field.NewPath(key)
	}
	return path.Child(key)
}

func (e *editor) add(value any, path *field.Path, set step) {
	c := change{source: Source{Kind: Field, Key: path.String(), Text: short(value)}}
	try := func(edit, undo func()) {
		c.attempts = append(c.attempts, attempt{edit: func() *seldon.Deployment {
			edit()
			defer undo()
			return e.deployment()
		}})
	}
	restore := func() { set(value) }
	key := lastKey(path.String())
	for _, other := range others(key, value) {
		try(func() { set(other) }, restore)
	}
	if text, ok := value.(string); ok && text != "" {
		// A name means something only together with those that are equal to it.
		var changed []step
		try(func() { e.eachEqual(text, func(set step) { set(another(text)); changed = append(changed, set) }) }, func() {
			for _, set := range changed {
				set(text)
			}
			changed = nil
		})
	}
	if n, ok := asInt(value); ok && key == "traffic" {
		e.shift(n, set, try)
	}
	try(func() { set(nil) }, restore)
	e.changes = append(e.changes, c)
	e.paths = append(e.paths, path)
}

// deployment returns the tree as a SeldonDeployment, nil if it is none.
func (e *editor) deployment() *seldon.Deployment {
	text, err := json.Marshal(e.tree)
	if err != nil {
		return nil
	}
	var sd seldon.Deployment
	if json.Unmarshal(text, &sd) != nil {
		return nil
	}
	return &sd
}

// shift adds attempts that take a percentage from one predictor and give it to
// another, because all must add up.
func (e *editor) shift(n int64, set step, try func(edit, undo func())) {
	tree, _ := e.tree.(map[string]any)
	spec, _ := tree["spec"].(map[string]any)
	predictors, _ := spec["predictors"].([]any)
	for _, predictor := range predictors {
		p, _ := predictor.(map[string]any)
		m, ok := asInt(p["traffic"])
		if !ok {
			continue
		}
		for _, by := range []int64{1, -1} {
			try(func() { p["traffic"] = asNumber(m - by); set(asNumber(n + by)) },
				func() { p["traffic"] = asNumber(m); set(asNumber(n)) })
		}
	}
}

func asInt(value any) (int64, bool) {
	number, ok := value.(json.Number)
	if !ok {
		return 0, false
	}
	n, err := number.Int64()
	return n, err == nil
}

func asNumber(n int64) json.Number { return json.Number(strconv.FormatInt(n, 10)) }

// eachEqual calls use for every place that holds a text.
func (e *editor) eachEqual(text string, use func(step)) {
	var walk func(value any)
	walk = func(value any) {
		switch value := value.(type) {
		case map[string]any:
			for key, v := range value {
				if v == text {
					use(func(v any) { value[key] = v })
				}
				walk(v)
			}
		case []any:
			for i, v := range value {
				if v == text {
					use(func(v any) { value[i] = v })
				}
				walk(v)
			}
		}
	}
	walk(e.tree)
}

// lastKey returns the last key of a path, also before an index.
func lastKey(path string) string {
	path = strings.TrimRight(path, "[]0123456789")
	return path[strings.LastIndexByte(path, '.')+1:]
}

// choices are words that stand for each other, by the key of their field.
var choices = sync.OnceValue(func() map[string][]string {
	return map[string][]string{
		"type":            {seldon.Model, seldon.Transformer, seldon.Router, "GRPC", "REST", "STRING", "INT", "AnchorTabular", "AnchorText", "AverageValue", "Value", "Utilization"},
		"implementation":  {"SKLEARN_SERVER", "XGBOOST_SERVER", "SIMPLE_MODEL", "RANDOM_ABTEST"},
		"protocol":        {"tensorflow", "v2", "kfserving", "seldon", "UDP", "TCP"},
		"transport":       {"grpc", "rest"},
		"serverType":      {"kafka", "rpc"},
		"mode":            {"all", "request", "response"},
		"imagePullPolicy": {"Always", "IfNotPresent", "Never"},
	}
})

// quantity matches what begins with a whole number.
var quantity = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^[0-9]{1,15}([a-zA-Z]{0,2}|%)$`)
})

// others returns values that could stand in the place of a scalar, the least
// unlike first.
func others(key string, value any) []any {
	switch value := value.(type) {
	case bool:
		return []any{!value}
	case json.Number:
		if n, ok := asInt(value); ok {
			return []any{asNumber(n + 1), asNumber(n - 1)}
		}
	case string:
		var out []any
		for _, word := range choices()[key] {
			if slices.Contains(choices()[key], value) && word != value {
				out = append(out, word)
			}
		}
		return append(out, another(value))
	}
	return nil
}

// another returns a text of the same form: another truth, number, quantity or
// name.
func another(text string) string {
	switch {
	case text == "true":
		return "false"
	case text == "false":
		return "true"
	case quantity().MatchString(text):
		digits := strings.TrimRight(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ%")
		n, err := strconv.ParseInt(digits, 10, 64)
		if err == nil {
			return strconv.FormatInt(n+1, 10) + text[len(digits):]
		}
	case len(text) >= 60 && strings.HasSuffix(text, "x"):
		return text[:len(text)-1] + "y"
	case len(text) >= 60:
		return text[:len(text)-1] + "x"
	}
	return text + "x"
}

// short returns a value for people.
func short(value any) string {
	const most = 80
	text, ok := value.(string)
	if !ok {
		out, err := json.Marshal(value)
		if err != nil {
			return ""
		}
		text = string(out)
	}
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}
