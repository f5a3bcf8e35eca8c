package leaf

import (
	"bytes"
	"encoding/json"
	"iter"
	"strconv"
	"strings"
)

// Leaf is a scalar of a document, or a list or map that holds nothing.
type Leaf struct {
	// Path is where it stands, as in a finding: spec.ports[0].name, with keys that
	// are no plain word in brackets: metadata.labels[app.kubernetes.io/name].
	Path string
	// Text is the leaf as JSON.
	Text []byte
}

// String returns the text of a string, and the JSON of anything else.
func (l Leaf) String() string {
	var s string
	if len(l.Text) > 0 && l.Text[0] == '"' && json.Unmarshal(l.Text, &s) == nil {
		return s
	}
	return string(l.Text)
}

// maxDepth bounds the nesting that is followed; no Kubernetes object comes near.
const maxDepth = 1000

// Walk yields the leaves of a JSON document in their order. It trusts the JSON
// to be valid: the sequence ends where it is not. Leaves share its memory.
func Walk(document []byte) iter.Seq[Leaf] {
	return func(yield func(Leaf) bool) {
		w := walker{text: document, yield: yield}
		w.value(0)
	}
}

type walker struct {
	text  []byte
	at    int
	path  []byte
	yield func(Leaf) bool
}

// value reads a value and reports whether to go on.
func (w *walker) value(depth int) bool {
	switch c := w.peek(); {
	case c == 0 || depth > maxDepth:
		return false
	case c == '{':
		return w.members(depth, '}', func(int) bool {
			start := w.at
			if w.peek() != '"' || !w.scalar() {
				return false
			}
			key := Leaf{Text: w.text[start:w.at]}.String()
			if w.peek() != ':' {
				return false
			}
			w.at++
			w.path = AppendKey(w.path, key)
			return true
		})
	case c == '[':
		return w.members(depth, ']', func(i int) bool {
			w.path = append(strconv.AppendInt(append(w.path, '['), int64(i), 10), ']')
			return true
		})
	}
	start := w.at
	return w.scalar() && w.leaf(start)
}

// members reads a list or a map; step adds to the path what leads to a member.
func (w *walker) members(depth int, closing byte, step func(i int) bool) bool {
	start, above := w.at, len(w.path)
	w.at++
	for i := 0; ; i++ {
		switch c := w.peek(); {
		case c == closing:
			w.at++
			return i > 0 || w.leaf(start)
		case i > 0 && c != ',':
			return false
		case i > 0:
			w.at++
		}
		w.peek()
		if !step(i) || !w.value(depth+1) {
			return false
		}
		w.path = w.path[:above]
	}
}

func (w *walker) leaf(start int) bool {
	return w.yield(Leaf{Path: string(w.path), Text: w.text[start:w.at]})
}

// peek returns the next byte that is no white space, or 0 at the end.
func (w *walker) peek() byte {
	for ; w.at < len(w.text); w.at++ {
		if c := w.text[w.at]; c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			return c
		}
	}
	return 0
}

// scalar reads a string, number, true, false or null.
func (w *walker) scalar() bool {
	rest := w.text[w.at:]
	if rest[0] != '"' {
		n := bytes.IndexAny(rest, ",:]} \t\r\n")
		if n < 0 {
			n = len(rest)
		}
		w.at += n
		return n > 0
	}
	for i := 1; i < len(rest); i++ {
		switch rest[i] {
		case '\\':
			i++
		case '"':
			w.at += i + 1
			return true
		}
	}
	return false
}

// AppendKey appends to a path the step to a key.
func AppendKey(path []byte, key string) []byte {
	if key == "" || strings.ContainsAny(key, "./[]:") {
		return append(append(append(path, '['), key...), ']')
	}
	if len(path) > 0 {
		path = append(path, '.')
	}
	return append(path, key...)
}

// JSON returns a value as JSON, without the escapes that are for web pages.
func JSON(value any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}
