package manifest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/manifest"
)

func TestAppendYAML(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, json, want string
	}{
		{
			name: "keys keep their order and lists stand at the column of their key",
			json: `{"kind":"Pod","apiVersion":"v1","spec":{"containers":[{"name":"b","args":["--a","b"]},{"name":"c"}],"nodes":[["x","z"],[[1],{}]]}}`,
			want: "kind: Pod\napiVersion: v1\nspec:\n  containers:\n  - name: b\n    args:\n    - --a\n    - b\n  - name: c\n  nodes:\n  - - x\n    - z\n  - - - 1\n    - {}\n",
		},
		{
			name: "null members, the object's status, empty resources and an empty strategy are left out",
			json: `{"metadata":{"creationTimestamp":null,"name":"a"},"spec":{"strategy":{},"template":{"metadata":{"creationTimestamp":null},"spec":{"containers":[{"resources":{}},{"name":"x","resources":{"limits":null}}]}}},"status":{"replicas":0,"conditions":["}",{"a":[]}]}}`,
			want: "metadata:\n  name: a\nspec:\n  template:\n    metadata: {}\n    spec:\n      containers:\n      - {}\n      - name: x\n",
		},
		{
			name: "all else that is empty stays",
			json: `{"labels":{"a":""},"emptyDir":{},"podSelector":{},"args":[],"list":[null],"spec":{"status":{},"template":{"strategy":{}}},"resources":{"limits":{}}}`,
			want: "labels:\n  a: \"\"\nemptyDir: {}\npodSelector: {}\nargs: []\nlist:\n- null\nspec:\n  status: {}\n  template:\n    strategy: {}\nresources:\n  limits: {}\n",
		},
		{
			name: "numbers keep their digits and are numbers to any reader",
			json: `[9223372036854775807,123456789012345678901234567890,1.50,-0,1e3,1E-7,1.5e+21,true,false]`,
			want: "- 9223372036854775807\n- 123456789012345678901234567890\n- 1.50\n- -0\n- 1.0e+3\n- 1.0e-7\n- 1.5e+21\n- true\n- false\n",
		},
		{
			name: "escapes of JSON are resolved",
			json: `["\u003c\u0026\u003e","\ud83d\ude00","\ud83d","a\/b\"c\\d","\u0007\u0000"]`,
			want: "- <&>\n- 😀\n- \ufffd\n- a/b\"c\\d\n- \"\\x07\\x00\"\n",
		},
		{
			name: "several lines become a block, with an indicator where they start with a space",
			json: `{"a":"x\ny","b":"x\ny\n","c":"x\n\n\n","d":" x\ny","e":["x\n\ty \n",{"f":"\nx"}],"g":"\t\n","h":"\n\n","i":"x\ry\nz"}`,
			want: "a: |-\n  x\n  y\nb: |\n  x\n  y\nc: |+\n  x\n\n\nd: |2-\n   x\n  y\ne:\n- |\n  x\n  \ty \n- f: |2-\n\n    x\ng: \"\\t\\n\"\nh: \"\\n\\n\"\ni: \"x\\ry\\nz\"\n",
		},
		{
			name: "a key of several lines is quoted, a very long one has an indicator",
			json: `{"a\nb":1,"` + strings.Repeat("k", 600) + `":{"x":1}}`,
			want: "\"a\\nb\": 1\n? " + strings.Repeat("k", 600) + "\n:\n  x: 1\n",
		},
		{
			name: "white space between the tokens does not matter",
			json: " { \"a\" : [ 1 , { } ] ,\n\t\"b\" : { } } \n",
			want: "a:\n- 1\n- {}\nb: {}\n",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := manifest.AppendYAML([]byte("# before\n"), []byte(tt.json))
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff("# before\n"+tt.want, string(got)); d != "" {
				t.Error(d)
			}
		})
	}
}

// kubectl prints with sigs.k8s.io/yaml, so its output is the reference.
func TestAppendYAMLQuotesAsKubectlDoes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "a", "a b", "y", "Y", "yes", "Yes", "NO", "on", "off", "n", "true", "False", "~", "null", "Null",
		"0", "00", "0644", "+1", "-1", "1_000", "0x1F", "0b11", "1e3", "1E+3", "1.5", ".5", "5.", ".inf", "-.INF", ".nan",
		"12:30:45", "2001-01-01", "2001-1-1", "2001-01-01T00:00:00Z", "2001-01-01 10:00:00",
		"1.18.2", "10.0.0.1", "100m", "1Gi", "1e", "e3", "0x", "-", "--", "--port=80", "-x", "- x", ".", "..",
		"?", "?x", "? x", ":", ":8080", ": x", "a:", "a: b", "a:b", "#a", "a #b", "a#b", " a", "a ",
		"*", "*a", "&a", "!a", "|", ">", "'a'", `"a"`, "%a", "@a", "`a`", "{a}", "[a]", "{{ .Values }}", ",", "]", "}", "a,b", "a{b}",
		`{"a":"b"}`, "it's", `C:\dir`, "---", "--- a", "a\nb", "a\nb\n", "a\nb\n\n", "a\n\n  b\n", "é", "日本", "\u00a0",
		"sha256:abcdef", "gs://bucket/a?b=c&d", "seldonio/executor:1.18.2", "$(POD_NAME)", "a\tb", "\ufeff",
		strings.Repeat("QUJD", 4000),
	} {
		t.Run(fmt.Sprintf("%.20q", text), func(t *testing.T) {
			t.Parallel()
			// The reference folds and marks long keys, and those of several lines.
			key := map[string]any{strings.ReplaceAll(text[:min(len(text), 100)], "\n", ""): 1}
			js, err := json.Marshal(map[string]any{"value": text, "list": []any{text}, "map": map[string]any{"k": key}})
			if err != nil {
				t.Fatal(err)
			}
			want, err := yaml.JSONToYAML(js)
			if err != nil {
				t.Fatal(err)
			}
			got, err := manifest.AppendYAML(nil, js)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(string(want), string(got)); d != "" {
				t.Error(d)
			}
		})
	}
}

// What an older or newer reader takes for something else is quoted although
// kubectl writes it plain, or in single quotes.
func TestAppendYAMLQuotesWhatOtherReadersTakeForMore(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"=", "<<", "0o7", "0_x7", "-_0_b1", "tRUE", "8080:80", "1:2", "+0x1F", "0b12"} {
		got, err := manifest.AppendYAML(nil, []byte(`{"a":"`+text+`"}`))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(`a: "`+text+"\"\n", string(got)); d != "" {
			t.Error(d)
		}
	}
}

func TestAppendYAMLRefusesWhatIsNotJSON(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, json, want string }{
		{"nothing", "", "unexpected end of JSON"},
		{"an open string", `{"a":"b`, "unexpected end of JSON"},
		{"an open escape", `["\`, `unexpected '\\' in JSON at byte 2`},
		{"a wrong escape", `["\x"]`, `unexpected '\\' in JSON at byte 2`},
		{"a short rune", `["\u12"]`, `unexpected '\\' in JSON at byte 2`},
		{"an open map", `{"a":1`, "unexpected end of JSON"},
		{"a missing colon", `{"a" 1}`, `unexpected '1' in JSON at byte 5`},
		{"a missing comma", `[1 2]`, `unexpected '2' in JSON at byte 3`},
		{"a word", `[nope]`, `unexpected 'n' in JSON at byte 1`},
		{"two values", `{} {}`, `unexpected '{' in JSON at byte 3`},
		{"a broken status", `{"status":{"a":`, "unexpected end of JSON"},
		{"an unbalanced status", `{"status":]}`, `unexpected ']' in JSON at byte 10`},
		{"a key that is not a string", `{1:2}`, `unexpected '1' in JSON at byte 1`},
		{"100,000 levels", strings.Repeat("[", 100_000), "nested more than 1000 levels deep"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dst, err := manifest.AppendYAML([]byte("x"), []byte(tt.json))
			if err == nil || err.Error() != tt.want {
				t.Errorf("got error %v, want %s", err, tt.want)
			}
			if string(dst) != "x" {
				t.Errorf("dst became %q", dst)
			}
		})
	}
}

// FuzzAppendYAML writes any JSON and has all readers read it.
func FuzzAppendYAML(f *testing.F) {
	for _, seed := range []string{
		`{"a":"yes","b":["0o7","1e3","~"],"c":{"d":" x\ny\n\n"}}`,
		`[[[1,2],{"a":[]}],"2001-01-01","12:30:45",1e400,-0.0,123456789012345678901]`,
		`{"status":{"a":1},"spec":{"strategy":{},"resources":{},"x":null}}`,
		`"- \t#\u0085\u2028\ufeff\ud83d\ude00"`, `{"? a":": b","<<":{"=":"="}}`,
		`{"a":"\n x\n","b":"x \n\ty\n\n\n"}`, `{"":{"":[""]}}`, `["---","...","--- a","... b"]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, js []byte) {
		tree, js := withoutDuplicates(js)
		if tree == nil {
			return
		}
		out, err := manifest.AppendYAML(nil, js)
		if err != nil {
			if strings.Contains(err.Error(), "nested") {
				return
			}
			t.Fatalf("%s: %v", js, err)
		}
		want := canonical(t, withoutNoise(tree, 0))
		for _, r := range readers {
			var back any
			if err := r.read(out, &back); err != nil {
				t.Fatalf("%s: %v\n%s", r.name, err, out)
			}
			if got := canonical(t, stringKeys(t, back)); got != want {
				t.Fatalf("%s reads\n%s\nas   %s\nwant %s", r.name, out, got, want)
			}
		}
	})
}

// FuzzAppendYAMLString puts one text wherever a string can stand.
func FuzzAppendYAMLString(f *testing.F) {
	for _, seed := range []string{"", "yes", "0o7", " a", "a: b", "- a", "a\n b\n\n", " \n\n", "\ta\nb", "---\n...", "#\n#", "\r\n", "\u0085", "💥", "\xff", "? a", "%YAML"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		js, err := json.Marshal([]any{text, map[string]any{text: text, "-" + text: []any{text}, "x": map[string]any{"y": text}}, []any{text}})
		if err != nil {
			t.Fatal(err)
		}
		var tree []any
		if err := json.Unmarshal(js, &tree); err != nil {
			t.Fatal(err)
		}
		out, err := manifest.AppendYAML(nil, js)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range readers {
			var back any
			if err := r.read(out, &back); err != nil {
				t.Fatalf("%s: %v\n%s", r.name, err, out)
			}
			if d := cmp.Diff(withoutNoise(tree, 0), stringKeys(t, back)); d != "" {
				t.Fatalf("%s: %s\n%s", r.name, d, out)
			}
		}
	})
}

// withoutNoise is the rule of noise.go, said the slow way.
func withoutNoise(v any, depth int) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, value := range v {
			if value == nil || key == "status" && depth == 0 {
				continue
			}
			value = withoutNoise(value, depth+1)
			if m, ok := value.(map[string]any); ok && len(m) == 0 && (key == "resources" || key == "strategy" && depth == 1) {
				continue
			}
			out[key] = value
		}
		return out
	case []any:
		out := []any{}
		for _, item := range v {
			out = append(out, withoutNoise(item, depth+1))
		}
		return out
	}
	return v
}

// stringKeys gives the maps of yaml/v2, which may have keys of any type, the type
// that all others give.
func stringKeys(t *testing.T, v any) any {
	t.Helper()
	switch v := v.(type) {
	case map[any]any:
		out := map[string]any{}
		for key, value := range v {
			text, ok := key.(string)
			if !ok {
				t.Fatalf("the key %v was read as %T", key, key)
			}
			out[text] = stringKeys(t, value)
		}
		return out
	case []any:
		for i := range v {
			v[i] = stringKeys(t, v[i])
		}
	}
	return v
}

// canonical makes numbers comparable that readers give different types.
func canonical(t *testing.T, v any) string {
	t.Helper()
	js, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(js, &tree); err != nil {
		t.Fatal(err)
	}
	js, err = json.Marshal(tree)
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.ReplaceAll(js, []byte("-0"), []byte("0")))
}

// withoutDuplicates returns JSON in which no map has a key twice, which readers
// of YAML refuse, and what it means. Numbers keep their digits.
func withoutDuplicates(js []byte) (any, []byte) {
	var tree any
	if json.Unmarshal(js, &tree) != nil {
		return nil, nil
	}
	d := json.NewDecoder(bytes.NewReader(js))
	d.UseNumber()
	if d.Decode(&tree) != nil {
		return nil, nil
	}
	js, err := json.Marshal(tree)
	if err != nil {
		return nil, nil
	}
	return tree, js
}
