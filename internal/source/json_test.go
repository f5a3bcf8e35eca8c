package source_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	yamlv2 "go.yaml.in/yaml/v2"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/source"
)

// FuzzJSON compares with the library by which kubectl makes JSON of YAML: both
// refuse a document, or both read the same.
func FuzzJSON(f *testing.F) {
	for _, text := range jsonSeeds() {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		docs, _ := drain(source.Open([]string{"-"}, source.Options{Stdin: bytes.NewReader(data)}))
		for _, doc := range docs {
			compareJSON(t, doc)
		}
	})
}

func jsonSeeds() []string {
	var seeds []string
	for _, value := range []string{
		"!!timestamp word", "!!timestamp 2001-01-01", "!!timestamp 12", `!!timestamp ""`, "!!int 1.0", "!!int 12", `!!int "12"`, "!!int ~", "!!float 12", "!!float 9007199254740993",
		"!!float 18446744073709551615", "!!float 9223372036854775807", "!!float .nan", "!!null word", `!!null ""`, "!!null", "!!bool yes", "!!bool word", "!!str 12", "!!str ~", "!!binary YWJj", "!!binary *", "!!binary \"\"",
		"!custom 12", "! 12", `! "12"`, "! word", "!<tag:yaml.org,2002:int> 12", "!<tag:yaml.org,2002:timestamp> word", "!!map {a: b}", "!!seq [a]", "!!str {a: b}", "!!null {a: b}", "!!merge <<", "!other <<", "! <<", "!!set {a, b}", "!!omap [a: b]",
		"1e400", "-1e400", ".9e999", "1e309", "0x", "0b", "0b+1", "0b-0", "1e_+1", "-0b11", "0o17", "017", "08", "+1", "1_000", "_1", "18446744073709551615", "18446744073709551616", "-9223372036854775809",
		".inf", "-.inf", ".nan", "~", "", "yes", "y", "on", "2001-01-01", "12:30:45", "1.", ".1", "1e3", "1.5e-7", "1e21", "-0", "-0.0", "0.1", "=", "<<", "'<<'", `"\x41"`, "|-\n  a\n  b", ">\n  a\n  b", "*a", "&b c", "&b.d c", "&on:b c", "{b:}", "{?a}", "{a?b: c}", "[a?]", "{ :a}", "[:a]", "[!, 0]", "{!!str b:}", "{0: !!int a, 00: 1}", "[b:]", "1e39", "a: b", "? a", "[a, b: c]", "{a: b, c}",
	} {
		seeds = append(seeds, "apiVersion: v1\nkind: A\nv: "+value+"\n", "apiVersion: v1\nkind: A\n"+value+": v\n", "apiVersion: v1\nkind: A\n? "+value+"\n: v\n", "apiVersion: v1\nkind: A\na: &a {b: c}\nv: {"+value+": x}\nw: ["+value+"]\n")
	}
	seeds = append(seeds, "apiVersion: v1\nkind: A\n"+strings.Repeat("y", 1100)+": a\n")
	return append(seeds, "apiVersion: v1\nkind: A\n\t", "{\n\t\"apiVersion\": \"v1\", \"kind\": \"A\",\n\t\"a\": \"!:[?\"}")
}

func compareJSON(t *testing.T, doc *source.Document) {
	got, faults := doc.JSON()
	if verified := doc.Verify(); verified.HasErrors() != faults.HasErrors() {
		t.Errorf("%q\nas JSON %v, passed through %v", doc.Raw, faults, verified)
	}
	want, err := yaml.YAMLToJSON(doc.Raw)
	if _, strict := yaml.YAMLToJSONStrict(doc.Raw); err == nil && strict != nil && faults.HasErrors() {
		// Values are looked at, too, whose key is given again; kubectl refuses those.
		return
	}
	if slices.ContainsFunc(faults, func(f finding.Finding) bool { return strings.Contains(f.Message, "Kubernetes takes the") }) {
		return
	}
	if (err != nil) != faults.HasErrors() {
		t.Errorf("%q\nthe reference says %v, we say %v", doc.Raw, err, faults)
		return
	}
	if err != nil {
		return
	}
	var pairs yamlv2.MapSlice
	if yamlv2.Unmarshal(doc.Raw, &pairs) == nil && hasTwins(pairs) {
		// Which of them the reference takes is a matter of chance.
		return
	}
	if diff := cmp.Diff(tree(t, want), tree(t, got)); diff != "" {
		t.Errorf("%q (-reference +ours)\n%s", doc.Raw, diff)
	}
}

// hasTwins reports whether keys of a mapping become the same text.
func hasTwins(v any) bool {
	switch v := v.(type) {
	case yamlv2.MapSlice:
		seen := map[string]bool{}
		for _, item := range v {
			key := fmt.Sprint(item.Key)
			if seen[key] || hasTwins(item.Value) {
				return true
			}
			seen[key] = true
		}
	case []any:
		return slices.ContainsFunc(v, hasTwins)
	}
	return false
}

func tree(t *testing.T, text []byte) (v any) {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("bad JSON %s: %v", text, err)
	}
	return v
}
