package manifest_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	yamlv2 "go.yaml.in/yaml/v2"
	yamlv3 "go.yaml.in/yaml/v3"
	yamlv4 "go.yaml.in/yaml/v4"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/manifest"
)

// readers are the libraries that read what is written here: kubectl and Helm,
// older programs, kustomize and kpt, and what comes next. They disagree on what a
// number is.
var readers = []struct {
	name string
	read func([]byte, any) error
}{
	{"sigs.k8s.io/yaml", func(in []byte, v any) error { return yaml.Unmarshal(in, v) }},
	{"yaml/v2", yamlv2.Unmarshal},
	{"yaml/v3", yamlv3.Unmarshal},
	{"yaml/v4", func(in []byte, v any) error { return yamlv4.Unmarshal(in, v) }},
}

// pyYAML matches plain scalars that PyYAML, and with it YAML 1.1, takes for
// something else than a string.
var pyYAML = regexp.MustCompile(`^(?:` + strings.Join([]string{
	`~|null|Null|NULL|`,
	`y|Y|n|N|yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF`,
	`[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+`,
	`[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|[-+]?\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?`,
	`[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)`,
	`[0-9]{4}-[0-9]{2}-[0-9]{2}`,
	`[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?`,
	`<<|=`,
}, "|") + `)$`)

// TestAppendYAMLWritesStringsThatStayStrings tries every short string of what
// numbers are made of, and every spelling of the words that mean something.
func TestAppendYAMLWritesStringsThatStayStrings(t *testing.T) {
	t.Parallel()
	longest := 5
	if testing.Short() {
		longest = 4
	}
	texts := strung("01be+-_.:xo", longest)
	texts = append(texts, strung("0127-T: ", 3)...)
	for _, word := range []string{"y", "n", "yes", "no", "on", "off", "true", "false", "null", ".inf", "-.inf", "+.inf", ".nan"} {
		texts = append(texts, spellings(word)...)
	}
	js, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	out, err := manifest.AppendYAML(nil, js)
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	for line := range strings.Lines(string(out)) {
		if plain := strings.TrimSuffix(strings.TrimPrefix(line, "- "), "\n"); plain == texts[i] && pyYAML.MatchString(plain) {
			t.Errorf("PyYAML does not read %s as a string", plain)
		}
		i++
	}
	for _, r := range readers {
		var back []any
		if err := r.read(out, &back); err != nil {
			t.Errorf("%s: %v", r.name, err)
			continue
		}
		for i, text := range texts {
			if back[i] != any(text) {
				t.Errorf("%s reads %q as %T %v", r.name, text, back[i], back[i])
			}
		}
	}
}

// strung returns all strings over an alphabet that are not empty and not longer
// than a length.
func strung(alphabet string, longest int) []string {
	all, last := []string{}, []string{""}
	for range longest {
		var next []string
		for _, start := range last {
			for _, c := range alphabet {
				next = append(next, start+string(c))
			}
		}
		all, last = append(all, next...), next
	}
	return all
}

// spellings returns a word in all mixtures of upper and lower case.
func spellings(word string) []string {
	all := []string{""}
	for _, c := range word {
		var next []string
		for _, start := range all {
			next = append(next, start+strings.ToLower(string(c)), start+strings.ToUpper(string(c)))
		}
		all = next
	}
	return all
}
