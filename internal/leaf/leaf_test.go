package leaf_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/leaf"
)

func leaves(document string) [][2]string {
	var got [][2]string
	for l := range leaf.Walk([]byte(document)) {
		got = append(got, [2]string{l.Path, string(l.Text)})
	}
	return got
}

func TestWalk(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		document string
		want     [][2]string
	}{
		"maps and lists": {
			` {"a": {"b": [1, {"c": "x\"y"}]}, "d": null } `,
			[][2]string{{"a.b[0]", "1"}, {"a.b[1].c", `"x\"y"`}, {"d", "null"}},
		},
		"keys that are not plain words": {
			`{"labels":{"a.b/c":"x","":true,"\u0041":-1.5e3}}`,
			[][2]string{{"labels[a.b/c]", `"x"`}, {"labels[]", "true"}, {"labels.A", "-1.5e3"}},
		},
		"what is empty": {`{"a":{},"b":[ ]}`, [][2]string{{"a", "{}"}, {"b", "[ ]"}}},
		"a scalar":      {`"x"`, [][2]string{{"", `"x"`}}},
		"nothing":       {``, nil},
		"cut off":       {`{"a":1,"b":"x`, nil},
		"no JSON":       {`{"a" 1}`, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, leaves(test.document)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A document of JSON has as many leaves as it has scalars and empty containers.
func FuzzWalk(f *testing.F) {
	for _, seed := range []string{`{"a":[1,{"b":"\\\""}],"c":{}}`, `[[],[[]]]`, `"`, `{"a":`, `[1 2]`, `{"\ud800":0}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		got := 0
		for range leaf.Walk(document) {
			got++
		}
		var tree any
		if json.Unmarshal(document, &tree) != nil || repeats(document) {
			return
		}
		if want := count(tree); got != want {
			t.Errorf("%q: %d leaves, want %d", document, got, want)
		}
	})
}

// What is expanded member by member is what is read at once, whatever it is said
// to be like.
func FuzzExpand(f *testing.F) {
	for _, seed := range [][2]string{
		{`{"a":[1,{"b":"x"}],"c":{}}`, `{"a":[1,{"b":"y"}],"c":{}}`}, {`[12,[3]]`, `[1,[3]]`}, {`{"a\"":"]"}`, `{"a\\\"":"]"}`},
		{`{"a":"b","c":"d"}`, `["b"]`}, {` [ {"a" : 1 } ] `, `[{"a" : 1 }]`}, {`"x"`, `{}`},
	} {
		f.Add([]byte(seed[0]), []byte(seed[1]))
	}
	f.Fuzz(func(t *testing.T, document, like []byte) {
		want, other := leaf.Parse(document), leaf.Parse(like)
		if !json.Valid(document) || want == nil || other == nil {
			return
		}
		got := leaf.Outline(document)
		expand(got, other)
		if diff := cmp.Diff(outlined(want), outlined(got)); diff != "" {
			t.Errorf("%s, like %s (-want +got):\n%s", document, like, diff)
		}
	})
}

// expand expands a node and all in it.
func expand(n, like *leaf.Node) {
	n.Expand(like)
	for i := range n.Members {
		if i < len(like.Members) {
			like = &like.Members[i].Node
		}
		expand(&n.Members[i].Node, like)
	}
}

// outlined returns all that is told of a node and of those in it.
func outlined(n *leaf.Node) []string {
	all := []string{fmt.Sprintf("%s %v", n.Text, n.List)}
	for i := range n.Members {
		all = append(append(all, n.Members[i].Key), outlined(&n.Members[i].Node)...)
	}
	return all
}

// repeats reports whether reading the document loses members: keys that stand
// twice in a map.
func repeats(document []byte) bool {
	var tree any
	if json.Unmarshal(document, &tree) != nil {
		return true
	}
	text, err := json.Marshal(tree)
	return err != nil || commas(text) != commas(document)
}

// commas counts the separators outside strings.
func commas(document []byte) int {
	n, quoted := 0, false
	for i := 0; i < len(document); i++ {
		switch c := document[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			n++
		}
	}
	return n
}

func count(tree any) int {
	n := 0
	switch tree := tree.(type) {
	case map[string]any:
		for _, v := range tree {
			n += count(v)
		}
	case []any:
		for _, v := range tree {
			n += count(v)
		}
	}
	return max(n, 1)
}
