package values_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/release"
)

// The tables of the page say what the charts and the releases say. Effects, the
// last column, are words, and the order of rows is the page's own.
func TestDocumentationTables(t *testing.T) {
	t.Parallel()
	const file = "../docs/values.md"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	keys, servers, variables := newTable(), newTable(), newTable()
	for _, r := range release.All() {
		for key, text := range defaults(r) {
			keys.add(key, r, text)
		}
		for key := range keys.texts {
			if becomes := becomesOf(r, key); becomes != "-" {
				keys.becomes[key] = becomes
			}
		}
		for name, text := range serversOf(r) {
			servers.add(name, r, text)
		}
		for _, row := range r.Variables {
			variables.add(row.Name, r, variableText(row))
		}
	}
	// A variable that has a key in every release that reads it is in the first table.
	maps.DeleteFunc(variables.texts, func(_ string, texts map[string]string) bool {
		for _, text := range texts {
			if !strings.HasPrefix(text, "key ") {
				return false
			}
		}
		return true
	})
	page := string(data)
	page = keys.write(page, "Keys", func(key string) []string { return []string{keys.history(key), keys.becomesOf(key)} })
	page = servers.write(page, "Model servers", func(key string) []string { return []string{servers.history(key)} })
	page = variables.write(page, "Variables without a key", func(key string) []string { return []string{variables.history(key)} })
	if *update {
		if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if diff := cmp.Diff(string(data), page); diff != "" {
		t.Errorf("docs/values.md (-have +want), run with -update to accept:\n%s", diff)
	}
}

// table is what releases say of keys, by key and version.
type table struct {
	texts   map[string]map[string]string
	becomes map[string]string
}

func newTable() *table {
	return &table{map[string]map[string]string{}, map[string]string{}}
}

func (y *table) add(key string, r *release.Release, text string) {
	if y.texts[key] == nil {
		y.texts[key] = map[string]string{}
	}
	y.texts[key][r.Version] = text
}

func (y *table) becomesOf(key string) string {
	if b := y.becomes[key]; b != "" {
		return b
	}
	return "-"
}

// history says since when a key has had which text: "`a`, from 1.8 `b`", and
// where it ends.
func (y *table) history(key string) string {
	var parts []string
	last := ""
	for i, v := range release.Versions() {
		text := y.texts[key][v]
		if text == last {
			continue
		}
		last = text
		switch {
		case i == 0:
			parts = append(parts, text)
		case text == "":
			parts = append(parts, "none from "+shortest(v))
		default:
			parts = append(parts, "from "+shortest(v)+" "+text)
		}
	}
	return strings.Join(parts, ", ")
}

// shortest is the minor release of the first of its tags, else the version itself.
func shortest(version string) string {
	if minor, first := strings.CutSuffix(version, ".0"); first {
		return minor
	}
	return version
}

// write replaces the rows of the table under a heading: the first column and the
// last, an effect in words, stay.
func (y *table) write(page, heading string, columns func(key string) []string) string {
	before, section, _ := strings.Cut(page, "\n## "+heading+"\n")
	section, after, more := strings.Cut(section, "\n## ")
	var out, names []string
	effects := map[string]string{}
	place := -1
	for line := range strings.Lines(section) {
		if !strings.HasPrefix(line, "| `") {
			out = append(out, line)
			continue
		}
		if place < 0 {
			place = len(out)
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		name := strings.Trim(strings.TrimSpace(cells[0]), "`")
		names = append(names, name)
		if len(cells) > 1+len(columns(name)) {
			effects[name] = " " + strings.TrimSpace(cells[len(cells)-1]) + " |"
		}
	}
	names = slices.DeleteFunc(names, func(name string) bool { return y.texts[name] == nil })
	for _, name := range slices.Sorted(maps.Keys(y.texts)) {
		if !slices.Contains(names, name) {
			names = append(names, name)
			if len(effects) > 0 {
				effects[name] = " say what it does |"
			}
		}
	}
	var rows strings.Builder
	for _, name := range names {
		fmt.Fprintf(&rows, "| `%s` | %s |%s\n", name, strings.Join(columns(name), " | "), effects[name])
	}
	section = strings.Join(slices.Insert(out, max(place, 0), rows.String()), "")
	if more {
		after = "\n## " + after
	}
	return before + "\n## " + heading + "\n" + section + after
}

// ownTag stands for the release's own tag in the page.
const ownTag = "RELEASE"

func printed(r *release.Release, v any) string {
	text, _ := json.Marshal(v)
	return "`" + strings.ReplaceAll(string(text), r.ImageTag, ownTag) + "`"
}

// defaults are the chart's values without its model servers.
func defaults(r *release.Release) map[string]string {
	out := map[string]string{}
	for _, v := range r.Values {
		if !strings.HasPrefix(v.Key, "predictor_servers.") {
			out[v.Key] = printed(r, v.Default)
		}
	}
	return out
}

// serversOf are the images of the chart's model servers, by server and protocol.
func serversOf(r *release.Release) map[string]string {
	parts := map[string]string{}
	for _, v := range r.Values {
		if key, ok := strings.CutPrefix(v.Key, "predictor_servers."); ok {
			parts[key], _ = v.Default.(string)
		}
	}
	out := map[string]string{}
	for key, image := range parts {
		if entry, ok := strings.CutSuffix(key, ".image"); ok {
			image += ":" + parts[entry+".defaultImageVersion"]
			out[strings.Replace(entry, ".protocols.", ": ", 1)] = "`" + strings.ReplaceAll(image, ":"+r.ImageTag, ":"+ownTag) + "`"
		}
	}
	return out
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

func variableText(row release.Variable) string {
	switch {
	case row.Key != "":
		return "key `" + row.Key + "`"
	case !row.Set:
		return "not set"
	}
	return "`\"" + row.Fixed + "\"`"
}
