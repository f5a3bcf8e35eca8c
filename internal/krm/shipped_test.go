package krm_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/seldonctl/seldonctl/internal/krm"
)

func docs(name string) string { return filepath.Join("..", "..", "docs", filepath.FromSlash(name)) }

func TestShippedFilesAreWhatTheOptionsSay(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]byte{
		"seldonrender.schema.json": schemaFile(),
		"krm/definition.yaml":      definitionFile(),
		"krm/metadata.yaml":        catalogMetadata(),
		"krm.md":                   []byte(withTable(t, readFile(t, docs("krm.md")))),
	} {
		if *update {
			if err := os.WriteFile(docs(name), want, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(string(want), readFile(t, docs(name))); diff != "" {
			t.Errorf("docs/%s is stale, run the test with -update (-want +got):\n%s", name, diff)
		}
	}
}

// withTable returns a page with the table of options.
func withTable(t *testing.T, page string) string {
	t.Helper()
	const begin, end = "<!-- begin options -->\n", "<!-- end options -->\n"
	head, rest, ok1 := strings.Cut(page, begin)
	_, tail, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatal("docs/krm.md has no place for the options")
	}
	return head + begin + optionTable() + end + tail
}

func TestTheSchemaAcceptsWhatTheFunctionAccepts(t *testing.T) {
	t.Parallel()
	var schema struct {
		Properties struct {
			Spec struct {
				Properties           map[string]struct{ Type string }
				AdditionalProperties bool
			}
		}
	}
	if err := json.Unmarshal(schemaFile(), &schema); err != nil {
		t.Fatal(err)
	}
	if schema.Properties.Spec.AdditionalProperties {
		t.Error("the schema lets unknown options through")
	}
	values := map[string]string{"string": "text", "boolean": "true", "array": "[]", "object": "{}"}
	for name, property := range schema.Properties.Spec.Properties {
		for kind, value := range values {
			got := call(t, listOf(nil, configOf(name+": "+value)))
			refused := slices.ContainsFunc(got.list.Results, func(r result) bool {
				return r.Field != nil && r.Field.Path == "spec."+name && strings.HasPrefix(r.Message, "expected ")
			})
			if refused == (kind == property.Type) {
				t.Errorf("%s is a %s in the schema; %s was refused: %v (%s)", name, property.Type, value, refused, got.stderr)
			}
		}
	}
	if len(schema.Properties.Spec.Properties) != len(new(krm.Config).Options()) {
		t.Error("the schema lacks an option")
	}
}

func TestTheDefinitionIsOfTheKindThatKustomizeKnows(t *testing.T) {
	t.Parallel()
	// The form of sigs.k8s.io/kustomize/kyaml/fn/framework.KRMFunctionDefinition.
	var definition struct {
		APIVersion string `yaml:"apiVersion"`
		Kind       string
		Metadata   struct{ Name string }
		Spec       struct {
			Group, Description, Publisher, Home string
			Names                               struct{ Kind string }
			Maintainers, Tags                   []string
			Versions                            []struct {
				Name, Usage, License string
				Idempotent           bool
				Examples             []string
				Runtime              struct {
					Container struct{ Image string }
					Exec      struct {
						Path string
						Args []string
					}
				}
				Schema struct {
					OpenAPIV3Schema map[string]any `yaml:"openAPIV3Schema"`
				}
			}
		}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(definitionFile()))
	decoder.KnownFields(true)
	if err := decoder.Decode(&definition); err != nil {
		t.Fatal(err)
	}
	if v := definition.Spec.Versions[0]; !v.Idempotent || len(v.Schema.OpenAPIV3Schema) == 0 || definition.Spec.Names.Kind != krm.ConfigKind {
		t.Errorf("%+v", definition)
	}
	for _, link := range definition.Spec.Versions[0].Examples {
		_, path, _ := strings.Cut(link, "/tree/main/")
		if _, err := os.Stat(filepath.Join("..", "..", filepath.FromSlash(path))); err != nil {
			t.Errorf("%s: %v", link, err)
		}
	}
}

func TestConfigurationsInTheDocumentationAreAccepted(t *testing.T) {
	t.Parallel()
	n := 0
	for _, block := range strings.Split(readFile(t, docs("krm.md")), "```yaml\n")[1:] {
		text, _, _ := strings.Cut(block, "```")
		if !strings.Contains(text, "kind: "+krm.ConfigKind) {
			continue
		}
		n++
		got := call(t, listOf([]string{modelIn("iris")}, "functionConfig:\n"+indent(text, "  ")), "values.yaml", "{}", "models/iris.yaml", modelIn("iris"), "models/wine.yaml", modelIn("wine"))
		if got.code != 0 {
			t.Errorf("%s\n%s", text, got.stderr)
		}
	}
	if n == 0 {
		t.Error("docs/krm.md shows no configuration")
	}
}
