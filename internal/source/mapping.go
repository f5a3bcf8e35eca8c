package source

import (
	"strconv"

	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/finding"
)

// entry is a key of a mapping with its value, after merging.
type entry struct {
	key   string
	name  *yaml.Node
	value *yaml.Node
	// merged says that the entry came by a merge key.
	merged bool
}

// manyKeys is the number of keys above which duplicates are looked up in a map.
const manyKeys = 24

// collect appends the entries of a mapping to the stack of entries. Of a key
// that is given twice the last value stays.
//
// Quirk: as for kubectl, a merge key replaces the keys that stand before it.
func (w *walker) collect(n *yaml.Node, dictionary bool) {
	seen := &keys{start: len(w.entries)}
	if len(n.Content) > 2*manyKeys {
		seen.at = make(map[string]int, len(n.Content)/2)
	}
	w.collectInto(n, dictionary, seen, false)
}

// keys are those of the mapping that is being read, merged ones too.
type keys struct {
	// start is where their entries begin on the stack.
	start int
	// at is where each stands; nil while there are few.
	at map[string]int
}

func (w *walker) collectInto(n *yaml.Node, dictionary bool, seen *keys, merged bool) {
	for i := 0; i+1 < len(n.Content) && !w.stopped; i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		if isMerge(name) {
			w.merge(value, dictionary, seen)
			continue
		}
		key, ok := w.keyText(name, dictionary)
		if !ok {
			continue
		}
		e := entry{key, name, value, merged}
		at := w.lookup(key, seen)
		if at < 0 {
			if seen.at != nil {
				seen.at[key] = len(w.entries)
			}
			w.entries = append(w.entries, e)
			continue
		}
		if !merged && !w.entries[at].merged {
			w.duplicate(w.entries[at], e, dictionary)
		}
		if w.whole {
			w.appendJSON(nil, w.entries[at].value)
		}
		w.entries[at] = e
	}
}

func (w *walker) lookup(key string, seen *keys) int {
	if seen.at == nil && len(w.entries)-seen.start > manyKeys {
		seen.at = map[string]int{}
		for i := seen.start; i < len(w.entries); i++ {
			seen.at[w.entries[i].key] = i
		}
	}
	if seen.at != nil {
		if at, ok := seen.at[key]; ok {
			return at
		}
		return -1
	}
	return w.find(key, seen.start, len(w.entries))
}

// find returns the index of the entry of that key, or -1.
func (w *walker) find(key string, start, end int) int {
	for i := start; i < end; i++ {
		if w.entries[i].key == key {
			return i
		}
	}
	return -1
}

// merge appends the entries of what a merge key refers to: a mapping, or a list
// of mappings of which the first wins.
func (w *walker) merge(n *yaml.Node, dictionary bool, seen *keys) {
	n = w.enter(n)
	defer w.leave()
	switch {
	case w.stopped:
	case n.Kind == yaml.MappingNode:
		w.collectInto(n, dictionary, seen, true)
	case n.Kind == yaml.SequenceNode:
		for i := len(n.Content) - 1; i >= 0; i-- {
			w.merge(n.Content[i], dictionary, seen)
		}
	default:
		w.add(n, finding.New(finding.WrongType, nil, "the merge key << expects a mapping or a list of mappings, found %s", w.describe(n)))
	}
}

func isMerge(n *yaml.Node) bool {
	if n.Kind != yaml.ScalarNode || n.Value != "<<" {
		return false
	}
	// With a tag of another kind it is a key.
	return n.Style == 0 || n.Style&yaml.TaggedStyle != 0 && n.Tag == "!!merge"
}

// keyText returns the key as Kubernetes reads it: numbers and booleans become
// text, which is worth a warning where it isn't the text that is written.
func (w *walker) keyText(n *yaml.Node, dictionary bool) (string, bool) {
	n = w.enter(n)
	defer w.leave()
	if w.stopped {
		return "", false
	}
	s := scalar{kind: badScalar}
	if n.Kind == yaml.ScalarNode {
		s = resolve(n)
	}
	if s.kind == textScalar {
		return s.text, true
	}
	if s.kind == intScalar || s.kind == floatScalar {
		s = numberKey(n)
	}
	if s.kind == nullScalar || s.kind == badScalar {
		w.add(n, finding.New(finding.WrongType, nil, "expected a key, found %s", w.describe(n)).
			WithHint("put the key in quotes"))
		return "", false
	}
	if dictionary && s.text != n.Value {
		w.add(n, finding.New(finding.KeyNotText, nil, "the key %s is read as %s", excerpt(n.Value), s.text).
			WithHint("put the key in quotes: %q", n.Value))
	}
	return s.text, true
}

// numberKey is the text that a number becomes as a key.
//
// Quirk: floating-point numbers are rounded to single precision, and whole ones
// from 2^63 on are refused.
func numberKey(n *yaml.Node) scalar {
	x := number(n.Value)
	if n.Tag == "!!float" {
		x, _ = taggedFloat(n.Value)
	}
	switch x := x.(type) {
	case int64:
		return scalar{textScalar, strconv.FormatInt(x, 10)}
	case float64:
		text := strconv.FormatFloat(x, 'g', -1, 32)
		if named, ok := map[string]string{"NaN": ".nan", "+Inf": ".inf", "-Inf": "-.inf"}[text]; ok {
			text = named
		}
		return scalar{textScalar, text}
	}
	return scalar{kind: badScalar}
}
