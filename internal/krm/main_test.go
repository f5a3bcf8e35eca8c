package krm_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/seldonctl/seldonctl/internal/krm"
)

var update = flag.Bool("update", false, "rewrite the files that are generated from the options")

// functionName is how the test program is called where it is the function, for
// hosts that run one as a program.
const functionName = "seldonctl"

func TestMain(m *testing.M) {
	if filepath.Base(os.Args[0]) == functionName {
		os.Exit(serve(os.Args[1:]))
	}
	flag.Parse()
	os.Exit(m.Run())
}

// serve is what seldonctl fn does with its arguments, as far as examples use them.
func serve(args []string) int {
	var f krm.Function
	for i, arg := range args {
		switch arg {
		case "--values":
			f.Defaults.ValuesFiles = append(f.Defaults.ValuesFiles, args[i+1])
		case "--server-side-apply":
			f.Defaults.ServerSideApply = true
		}
	}
	root, err := os.OpenRoot(".")
	if err != nil {
		return 1
	}
	f.ReadFile = root.ReadFile
	return f.Run(os.Stdin, os.Stdout, os.Stderr)
}

// outcome is what one run of the function gave.
type outcome struct {
	stdout, stderr string
	code           int
	list           resourceList
}

type resourceList struct {
	APIVersion     string
	Kind           string
	Items          []object
	FunctionConfig any
	Results        []result
}

type result struct {
	Message     string
	Severity    string
	ResourceRef *resourceRef
	Field       *struct{ Path string }
	File        *struct {
		Path  string
		Index int
	}
	Tags map[string]string
}

type resourceRef struct{ APIVersion, Kind, Namespace, Name string }

type object struct {
	APIVersion string
	Kind       string
	Metadata   struct {
		Name, Namespace string
		Annotations     map[string]string
	}
	Spec map[string]any
}

// call runs the function on a list; files are pairs of name and content.
func call(t *testing.T, input string, files ...string) outcome {
	t.Helper()
	folder := fstest.MapFS{}
	for i := 0; i+1 < len(files); i += 2 {
		folder[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return callWith(t, krm.Function{ReadFile: folder.ReadFile}, input)
}

func callWith(t *testing.T, f krm.Function, input string) outcome {
	t.Helper()
	var out, errOut bytes.Buffer
	o := outcome{code: f.Run(strings.NewReader(input), &out, &errOut)}
	o.stdout, o.stderr = out.String(), errOut.String()
	o.list = decodeList(t, o.stdout)
	return o
}

// decodeList reads a ResourceList, which must be the only document.
func decodeList(t *testing.T, text string) resourceList {
	t.Helper()
	d := yaml.NewDecoder(strings.NewReader(text))
	var top yaml.Node
	if err := d.Decode(&top); err != nil {
		t.Fatalf("standard output is not YAML: %v\n%s", err, text)
	}
	var list resourceList
	raw := map[string]any{}
	if err := top.Decode(&raw); err != nil {
		t.Fatal(err)
	}
	fromJSON(t, raw, &list)
	if list.Kind != "ResourceList" {
		t.Fatalf("standard output holds a %q", list.Kind)
	}
	if err := d.Decode(&top); err == nil {
		t.Fatal("standard output holds a second document")
	}
	return list
}

// UnmarshalJSON leaves out what is not formed like an object.
func (o *object) UnmarshalJSON(text []byte) error {
	type plain object
	_ = json.Unmarshal(text, (*plain)(o))
	return nil
}

// named returns the item of a kind and name.
func (l resourceList) named(t *testing.T, kind, name string) object {
	t.Helper()
	for _, o := range l.Items {
		if o.Kind == kind && o.Metadata.Name == name {
			return o
		}
	}
	t.Fatalf("there is no %s %s among %v", kind, name, l.ids())
	return object{}
}

// ids returns the items as kind/name.
func (l resourceList) ids() []string {
	var ids []string
	for _, o := range l.Items {
		ids = append(ids, o.Kind+"/"+o.Metadata.Name)
	}
	return ids
}

// listOf returns a ResourceList of these items, each a document of its own, and
// with what stands behind them at the top.
func listOf(items []string, more ...string) string {
	var b strings.Builder
	b.WriteString("apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:")
	if len(items) == 0 {
		b.WriteString(" []")
	}
	b.WriteByte('\n')
	for _, item := range items {
		b.WriteString(asItem(item))
	}
	b.WriteString(strings.Join(more, ""))
	return b.String()
}

// asItem returns a document as an item of a list.
func asItem(document string) string {
	lines := strings.Split(strings.Trim(document, "\n"), "\n")
	return "- " + strings.Join(lines, "\n  ") + "\n"
}

// configOf returns a functionConfig of the own kind with a spec.
func configOf(spec string) string {
	return "functionConfig:\n  apiVersion: seldonctl.io/v1alpha1\n  kind: SeldonRender\n  metadata:\n    name: render\n  spec:\n" + indent(spec, "    ")
}

func indent(s, by string) string {
	return by + strings.ReplaceAll(strings.Trim(s, "\n"), "\n", "\n"+by) + "\n"
}

// modelIn returns a SeldonDeployment with annotations.
func modelIn(name string, annotations ...string) string {
	text := "apiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeployment\nmetadata:\n  name: " + name + "\n  namespace: models\n"
	if len(annotations) > 0 {
		text += "  annotations:\n    " + strings.Join(annotations, "\n    ") + "\n"
	}
	return text + `spec:
  predictors:
  - name: default
    replicas: 1
    graph:
      name: classifier
      implementation: SKLEARN_SERVER
      modelUri: gs://seldon-models/` + name + "\n"
}

// brokenModel is a SeldonDeployment with a fault.
func brokenModel(annotations ...string) string {
	return strings.Replace(modelIn("broken", annotations...), "modelUri:", "modelURI:", 1)
}

// other is an item that is none of the function's business, with all that should
// survive.
const other = `# above
apiVersion: v1
kind: ConfigMap
metadata: # here
  name: mine
data:
  z: "1"
  a: 'two' # beside
  text: |
    --- not a separator
    last
  folded: >-
    one two
  # below
`

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return string(text)
}
