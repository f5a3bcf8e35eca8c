package source

import (
	"encoding/json"

	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/finding"
)

// JSON returns the document as JSON, read as kubectl reads it, with aliases
// written out and without comments.
func (d *Document) JSON() ([]byte, finding.List) {
	root := d.parse()
	if root == nil {
		return nil, d.Check()
	}
	w := &walker{doc: d, mode: Ignore, secret: true, whole: true}
	data := w.appendJSON(nil, root)
	w.faults.Sort()
	if w.faults.HasErrors() {
		return nil, w.faults
	}
	return data, w.faults
}

// appendJSON appends the node as JSON.
func (w *walker) appendJSON(out []byte, n *yaml.Node) []byte {
	n = w.enter(n)
	defer w.leave()
	if w.stopped {
		return out
	}
	switch n.Kind {
	case yaml.MappingNode:
		return w.appendObject(out, n)
	case yaml.SequenceNode:
		out = append(out, '[')
		w.steps = append(w.steps, step{})
		for i, item := range n.Content {
			if i > 0 {
				out = append(out, ',')
			}
			w.steps[len(w.steps)-1].index = i
			out = w.appendJSON(out, item)
		}
		w.steps = w.steps[:len(w.steps)-1]
		return append(out, ']')
	}
	s := resolve(n)
	switch s.kind {
	case textScalar:
		return appendText(out, s.text)
	case badScalar:
		w.wrongType(n, "a value of its tag")
	case floatScalar:
		if !json.Valid([]byte(s.text)) {
			w.add(n, finding.New(finding.OutOfRange, nil, "JSON has no number for infinity or NaN").
				WithHint("put the value in quotes"))
			return append(out, "null"...)
		}
	}
	return append(out, s.text...)
}

func (w *walker) appendObject(out []byte, n *yaml.Node) []byte {
	out = append(out, '{')
	start := len(w.entries)
	w.collect(n, true)
	end := len(w.entries)
	for i := start; i < end && !w.stopped; i++ {
		e := w.entries[i]
		if i > start {
			out = append(out, ',')
		}
		out = append(appendText(out, e.key), ':')
		w.steps = append(w.steps, step{key: e.key, keyed: true})
		out = w.appendJSON(out, e.value)
		w.steps = w.steps[:len(w.steps)-1]
	}
	w.entries = w.entries[:start]
	return append(out, '}')
}

func appendText(out []byte, s string) []byte {
	q, err := json.Marshal(s)
	if err != nil {
		return append(out, `""`...)
	}
	return append(out, q...)
}
