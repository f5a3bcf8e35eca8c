package krm_test

import (
	"bytes"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/internal/krm"
)

// shippedSchema compiles the schema, which its own meta-schema must accept.
func shippedSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaFile()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("seldonrender.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("seldonrender.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func judge(t *testing.T, schema *jsonschema.Schema, text string) error {
	t.Helper()
	js, err := yaml.YAMLToJSON([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(js))
	if err != nil {
		t.Fatal(err)
	}
	return schema.Validate(value)
}

func TestShippedConfigurationsFitTheSchema(t *testing.T) {
	t.Parallel()
	schema := shippedSchema(t)
	n := 0
	try := func(where, text string) {
		if !strings.Contains(text, "\nkind: "+krm.ConfigKind) {
			return
		}
		n++
		if err := judge(t, schema, text); err != nil {
			t.Errorf("%s: %v", where, err)
		}
	}
	err := filepath.WalkDir("../../examples", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".yaml" {
			return err
		}
		for document := range strings.SplitSeq(readFile(t, path), "\n---\n") {
			try(path, "\n"+document)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range strings.Split(readFile(t, docs("krm.md")), "```yaml\n")[1:] {
		text, _, _ := strings.Cut(block, "```")
		try("docs/krm.md", "\n"+text)
	}
	if n < 6 {
		t.Errorf("found %d configurations only", n)
	}
}

func TestTheSchemaRefusesWhatTheFunctionRefuses(t *testing.T) {
	t.Parallel()
	schema := shippedSchema(t)
	for name, spec := range map[string]string{
		"an unknown option":         "seldonVersoin: 1.7.0",
		"a number for text":         "seldonVersion: 1.7",
		"another word for a switch": "serverSideApply: perhaps",
	} {
		if judge(t, schema, "apiVersion: seldonctl.io/v1alpha1\nkind: SeldonRender\nmetadata: {name: x}\nspec: {"+spec+"}\n") == nil {
			t.Errorf("%s is accepted", name)
		}
		if got := call(t, listOf(nil, configOf(spec))); got.code == 0 {
			t.Errorf("%s is accepted by the function", name)
		}
	}
}
