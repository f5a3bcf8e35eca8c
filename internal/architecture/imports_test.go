package architecture

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/seldonctl/seldonctl"

type layer struct {
	pkg    string
	may    []string
	reason string
}

// layers says which packages of ours a package may import, tests aside. The
// table of ARCHITECTURE.md is the same. A package that is not here fails the
// test: decide where it stands.
var layers = []layer{
	{"cmd/seldonctl", []string{"internal/cli"},
		"main is one line, so that tests run the same program"},
	{"internal/cli", []string{"internal/files", "internal/printable", "internal/krm", "internal/output", "internal/compare", "docs", "explain", "internal/page", "internal/graph", "internal/images", "internal/leaf", "internal/migrate", "internal/platform", "internal/record", "internal/run", "internal/source", "internal/spelling", "render", "secrets", "values", "release", "seldon", "manifest", "finding"},
		"the command line connects the packages; nothing depends on it"},
	{"internal/krm", []string{"explain", "internal/aliases", "internal/files", "internal/printable", "internal/images", "internal/platform", "internal/run", "internal/source", "render", "secrets", "values", "release", "seldon", "manifest", "finding"},
		"the KRM function is another face of the same packages and knows no flags"},
	{"internal/run", []string{"internal/images", "internal/platform", "internal/source", "internal/spelling", "render", "secrets", "values", "release", "seldon", "manifest", "finding"},
		"documents become outcomes in one way, whoever reads them and whatever becomes of them"},
	{"internal/migrate", []string{"internal/source", "secrets", "values", "release", "seldon", "manifest", "finding"},
		"migrating edits what was read, and renders nothing"},
	{"input", []string{"internal/run", "internal/source", "render", "release", "manifest", "finding"},
		"users of the library read manifests with the code of the command line"},
	{"internal/platform", []string{"explain", "internal/images", "internal/source", "render", "release", "seldon", "manifest", "finding"},
		"a platform's rules act on what was rendered, whoever asks for it"},
	{"internal/images", []string{"internal/printable", "internal/leaf", "render", "values", "release", "seldon", "manifest", "finding"},
		"images are looked for in what was rendered, by rendering again"},
	{"explain", []string{"internal/leaf", "render", "values", "release", "seldon", "manifest", "finding"},
		"explaining renders again with something changed, and knows no rule of rendering itself"},
	{"internal/page", []string{"explain", "finding"},
		"a page is of what was explained, whoever explained it"},
	{"docs", nil,
		"embedded pages and nothing else"},
	{"internal/graph", []string{"internal/printable", "internal/leaf", "manifest", "seldon"},
		"a picture is of what was rendered, whoever rendered it"},
	{"internal/leaf", nil,
		"JSON and nothing else"},
	{"internal/record", []string{"internal/printable", "finding"},
		"a record says what was read, whoever reads and writes it"},
	{"internal/compare", []string{"internal/leaf", "internal/live", "internal/textdiff", "manifest", "seldon"},
		"comparing looks at finished objects, not at how they came about"},
	{"internal/live", []string{"internal/leaf", "manifest", "seldon"},
		"what a cluster keeps of an object depends on Kubernetes, not on who compares"},
	{"internal/source", []string{"seldon", "release", "finding", "internal/aliases", "internal/files", "internal/printable", "internal/spelling", "internal/syntax"},
		"reading knows the input API and what a release knows of it, not what becomes of it"},
	{"render", []string{"seldon", "values", "release", "secrets", "manifest", "finding", "internal/spelling"},
		"rendering is a pure function from decoded objects: it reads no files"},
	{"secrets", []string{"internal/printable", "release", "manifest", "finding", "internal/spelling"},
		"credentials become objects without a SeldonDeployment being known"},
	{"values", []string{"release", "finding", "internal/aliases", "internal/printable", "internal/spelling", "internal/syntax"},
		"values are known before anything is rendered"},
	{"internal/output", []string{"internal/printable", "internal/files", "manifest", "finding", "internal/textdiff"},
		"writing takes encoded objects and does not know what they are"},
	{"manifest", []string{"internal/printable"},
		"objects are encoded without knowing what they are, and without a file being touched"},
	{"release", []string{"templates"},
		"a release is a value that names behaviours; those who behave import it"},
	{"seldon", nil,
		"the input API is data, and Kubernetes' own types are all it needs"},
	{"finding", []string{"internal/printable", "internal/spelling"},
		"every package reports findings, so finding cannot import any of them"},
	{"templates", nil,
		"embedded files and nothing else"},
	{"internal/textdiff", nil,
		"a wrapper of one function"},
	{"internal/files", nil,
		"what a run may open is decided in one place that knows nothing else"},
	{"internal/printable", nil,
		"one escape for all that people see"},
	{"internal/aliases", nil,
		"one rule for the nodes of any YAML library"},
	{"internal/spelling", nil,
		"two functions on words"},
	{"internal/syntax", nil,
		"words about a text and the parser's error, whatever the text is for"},
	{"internal/recorded", nil,
		"what judges the program must not share its mistakes"},
	{"internal/corpus", []string{"internal/recorded", "internal/source", "render", "values", "release", "seldon", "finding"},
		"tests only: it judges nothing"},
	{"internal/browser", nil,
		"tests only"},
	{"internal/architecture", nil,
		"tests only"},
}

// TestLayers holds the imports of every package against the table.
func TestLayers(t *testing.T) {
	t.Parallel()
	for _, pkg := range list(t, "./...") {
		name := strings.TrimPrefix(pkg.ImportPath, module+"/")
		i := slices.IndexFunc(layers, func(l layer) bool { return l.pkg == name })
		if i < 0 {
			t.Errorf("%s is not in the table of layers: say what it may import there and in ARCHITECTURE.md", name)
			continue
		}
		for _, path := range pkg.Imports {
			other, ours := strings.CutPrefix(path, module+"/")
			if ours && !slices.Contains(layers[i].may, other) {
				t.Errorf("%s imports %s, which it must not: %s", name, other, layers[i].reason)
			}
		}
	}
}

// row finds the rows of ARCHITECTURE.md that say what a package may import.
var row = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| [^|]+ \\| ([^|]+) \\|$")

// TestLayersAreThoseOfThePage compares the table of layers with the one for readers.
func TestLayersAreThoseOfThePage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string][]string{}
	for _, cells := range row.FindAllStringSubmatch(string(page), -1) {
		shown[cells[1]] = nil
		if cells[2] != "-" {
			shown[cells[1]] = strings.Split(cells[2], ", ")
		}
	}
	for _, l := range layers {
		var want []string
		for _, pkg := range l.may {
			want = append(want, strings.TrimPrefix(pkg, "internal/"))
		}
		got, ok := shown[l.pkg]
		slices.Sort(want)
		slices.Sort(got)
		if !ok || !slices.Equal(got, want) {
			t.Errorf("ARCHITECTURE.md lets %s import %v, and the table of the test %v", l.pkg, got, want)
		}
		delete(shown, l.pkg)
	}
	for pkg := range shown {
		t.Errorf("ARCHITECTURE.md has a row for %s, which is not in the table of the test", pkg)
	}
}

// reserved modules are for some packages only, tests aside.
var reserved = []struct {
	module string
	users  []string
	reason string
}{
	{"go.yaml.in/yaml/v4", []string{"internal/source", "internal/syntax", "internal/images", "internal/graph", "explain", "values", "internal/krm", "internal/recorded"},
		"YAML is read in few places, where it is read as Kubernetes reads it, and written by manifest alone"},
	{"go.yaml.in/yaml/v2", []string{"render", "internal/source"},
		"it is there for Ambassador's annotation, whose text must be the one that the operator's library writes, and for what Kubernetes refuses"},
	{"sigs.k8s.io/kustomize/kyaml", []string{"internal/krm"},
		"it reads and writes as the hosts of KRM functions do; elsewhere v4 has better positions and no schema is needed"},
	{"sigs.k8s.io/yaml", []string{"values", "internal/krm", "internal/cli"},
		"it takes Name for name and yes for true: right for Helm's values and for options, wrong for manifests"},
	{"github.com/spf13/cobra", []string{"internal/cli"},
		"libraries never see a flag"},
	{"github.com/spf13/pflag", []string{"internal/cli"},
		"libraries never see a flag"},
	{"golang.org/x/term", []string{"internal/cli"},
		"only the command line talks to a terminal"},
	{"helm.sh/helm", []string{"values"},
		"it is there for the syntax of --set only"},
	{"k8s.io/api", []string{"seldon", "internal/source", "internal/images", "internal/graph", "internal/platform", "render", "secrets", "internal/run", "internal/corpus"},
		"what is written can be any value: manifest, values and finding know no kinds"},
}

// TestReservedModules looks for modules in packages that they are not for.
func TestReservedModules(t *testing.T) {
	t.Parallel()
	for _, pkg := range list(t, "./...") {
		name := strings.TrimPrefix(pkg.ImportPath, module+"/")
		for _, path := range pkg.Imports {
			for _, r := range reserved {
				if within(path, r.module) && !slices.Contains(r.users, name) {
					t.Errorf("%s imports %s, which is for %s: %s", name, path, strings.Join(r.users, ", "), r.reason)
				}
			}
		}
	}
}

// banned modules must not be in the program, however they come in.
var banned = []struct{ module, reason string }{
	{"k8s.io/client-go", "the program works offline: whatever talks to a cluster is kubectl's business"},
	{"sigs.k8s.io/controller-runtime", "the program is not an operator: it does not watch or change clusters"},
	{"k8s.io/apiextensions-apiserver", "the input API is package seldon; schemas of CRDs bring an API server with them"},
	{"k8s.io/kubernetes", "its internals are not made for others; the server of the tests lives in the module e2e"},
	{"github.com/seldonio", "behaviour comes from docs/behaviour and the recordings, never from Seldon's own code"},
	{"istio.io", "the objects written of Istio are a few small structs"},
	{"github.com/datawire", "the objects written of Ambassador are a few small structs"},
	{"github.com/kedacore", "the objects written of KEDA are a few small structs"},
}

// TestBannedModules looks at everything that is linked into the program.
func TestBannedModules(t *testing.T) {
	t.Parallel()
	for _, pkg := range list(t, "-deps", "./cmd/seldonctl") {
		for _, b := range banned {
			if within(strings.ToLower(pkg.ImportPath), b.module) {
				t.Errorf("the program contains %s: %s", pkg.ImportPath, b.reason)
			}
		}
	}
}

// TestOutsideWorld looks for packages that reach files, processes or the network
// by themselves.
func TestOutsideWorld(t *testing.T) {
	t.Parallel()
	worldly := []string{"cmd/seldonctl", "internal/cli", "internal/source", "internal/output", "internal/files", "internal/recorded", "internal/corpus", "internal/browser"}
	for _, pkg := range list(t, "./...") {
		name := strings.TrimPrefix(pkg.ImportPath, module+"/")
		for _, path := range pkg.Imports {
			switch {
			case path == "net" || within(path, "net/http"):
				t.Errorf("%s imports %s: nothing here uses the network", name, path)
			case slices.Contains([]string{"os", "os/exec", "os/signal", "syscall", "time", "math/rand", "math/rand/v2", "crypto/rand"}, path) && !slices.Contains(worldly, name):
				t.Errorf("%s imports %s: its results depend on its arguments alone, so that a render is the same everywhere", name, path)
			}
		}
	}
}

// within reports whether an import path is the module's or below it, of
// whatever major version.
func within(path, module string) bool {
	rest, ok := strings.CutPrefix(path, module)
	return ok && (rest == "" || rest[0] == '/')
}

type listed struct {
	ImportPath string
	Imports    []string
}

// list returns packages as the go command sees them.
func list(t *testing.T, args ...string) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-json=ImportPath,Imports"}, args...)...)
	cmd.Dir = "../.."
	var talk bytes.Buffer
	cmd.Stderr = &talk
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, talk.String())
	}
	var pkgs []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var pkg listed
		err := dec.Decode(&pkg)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		pkgs = append(pkgs, pkg)
	}
	if len(pkgs) < 2 {
		t.Fatalf("go list %s returned %d packages", strings.Join(args, " "), len(pkgs))
	}
	return pkgs
}
