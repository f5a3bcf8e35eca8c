package values_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	helmyaml "sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/release"
)

// The tables of the page say what the templates and the releases say. Effects,
// the last column, are words.
func TestDocumentationTables(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../docs/values.md")
	if err != nil {
		t.Fatal(err)
	}
	first, second := rel(t, "1.7.0"), rel(t, "1.18.2")
	a, b := chartValues(t, first), chartValues(t, second)

	want := map[string][]string{}
	leavesA, leavesB := leaves(a, ""), leaves(b, "")
	for key := range union(leavesA, leavesB) {
		becomes := becomesOf(first, key)
		if becomes == "-" {
			becomes = becomesOf(second, key)
		}
		want[key] = []string{textOf(leavesA, key), textOf(leavesB, key), becomes}
	}
	check(t, string(data), "Keys", 1, want)

	want = map[string][]string{}
	serversA, serversB := servers(a), servers(b)
	for name := range union(serversA, serversB) {
		want[name] = []string{textOf(serversA, name), textOf(serversB, name)}
	}
	check(t, string(data), "Model servers", 2, want)

	want = map[string][]string{}
	for _, row := range slices.Concat(first.Variables, second.Variables) {
		if row.Key == "" {
			want[row.Name] = []string{variableText(first, row.Name), variableText(second, row.Name)}
		}
	}
	check(t, string(data), "Variables without a key", 1, want)
}

// check compares the table under a heading: the first columns name a row, those
// after it are compared with what is wanted.
func check(t *testing.T, page, heading string, naming int, want map[string][]string) {
	t.Helper()
	_, section, _ := strings.Cut(page, "\n## "+heading+"\n")
	section, _, _ = strings.Cut(section, "\n## ")
	got := map[string][]string{}
	for line := range strings.Lines(section) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		name := strings.ReplaceAll(strings.Join(cells[:naming], " "), "`", "")
		width := 2
		if len(want[name]) > 0 {
			width = len(want[name])
		}
		got[name] = cells[naming : naming+width]
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docs/values.md, %s (-want +got):\n%s", heading, diff)
	}
}

func chartValues(t *testing.T, r *release.Release) map[string]any {
	t.Helper()
	var m map[string]any
	if err := helmyaml.UnmarshalStrict(r.Values, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func leaves(m map[string]any, prefix string) map[string]string {
	out := map[string]string{}
	for k, v := range m {
		inside, ok := v.(map[string]any)
		switch {
		case prefix+k == "predictor_servers":
		case ok && len(inside) > 0:
			maps.Copy(out, leaves(inside, prefix+k+"."))
		default:
			text, _ := json.Marshal(v)
			out[prefix+k] = string(text)
		}
	}
	return out
}

func servers(m map[string]any) map[string]string {
	out := map[string]string{}
	for name, server := range m["predictor_servers"].(map[string]any) {
		for protocol, p := range server.(map[string]any)["protocols"].(map[string]any) {
			p := p.(map[string]any)
			out[name+" "+protocol] = p["image"].(string) + ":" + p["defaultImageVersion"].(string)
		}
	}
	return out
}

func union(a, b map[string]string) map[string]string {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

func textOf(m map[string]string, key string) string {
	if text, ok := m[key]; ok {
		return "`" + text + "`"
	}
	return "-"
}

func becomesOf(r *release.Release, key string) string {
	for _, row := range r.Variables {
		part, inside := strings.CutPrefix(key, row.Key+".")
		if (!row.Image && row.Key == key) || (row.Image && inside && slices.Contains([]string{"registry", "repository", "tag"}, part)) {
			return "`" + row.Name + "`"
		}
	}
	top, _, _ := strings.Cut(key, ".")
	if slices.Contains(release.ConfigKeys(), top) {
		return "ConfigMap `" + top + "`"
	}
	return "-"
}

func variableText(r *release.Release, name string) string {
	row, ok := r.Variable(name)
	switch {
	case !ok:
		return "-"
	case row.Key != "":
		return "key `" + row.Key + "`"
	case !row.Set:
		return "not set"
	}
	return "`\"" + row.Fixed + "\"`"
}
