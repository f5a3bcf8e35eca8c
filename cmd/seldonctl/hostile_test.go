package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/internal/cli"
)

// hostileCommands are command lines that read a file FILE, or standard input
// where it is not named.
var hostileCommands = map[string][]string{
	"validate":            {"validate", "-f", "FILE"},
	"validate for GitHub": {"validate", "-f", "FILE", "-o", "github"},
	"render":              {"render", "-f", "FILE"},
	"render as JSON":      {"render", "-f", "FILE", "-o", "json"},
	"render names":        {"render", "-f", "FILE", "-o", "name", "-v"},
	"diff":                {"diff", "-f", "FILE", "--to-set", "executor.enabled=false"},
	"a cluster":           {"diff", "--from-objects", "FILE", "MODEL", "-v"},
	"fn":                  {"fn"},
	"values":              {"values", "--values", "FILE"},
	"render with values":  {"render", "-f", "MODEL", "--values", "FILE"},
	"an operator":         {"values", "--operator", "FILE"},
}

// isOneObject reports whether a text is one object, in block style.
func isOneObject(text string) bool {
	return !strings.Contains(text, "---\n") && !strings.HasPrefix(text, "{")
}

// hostileRun is what became of a hostile input.
type hostileRun struct {
	code      int
	out, talk string
	// allocated is how many bytes were allocated, garbage included.
	allocated uint64
}

// hostileLine returns the arguments and the standard input of a command of the
// table. Functions get the objects as items.
func hostileLine(t *testing.T, command, text string) (args []string, in string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "input.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	model := filepath.Join(t.TempDir(), "model.yaml")
	if err := os.WriteFile(model, []byte(strings.ReplaceAll(plainModel, "%[1]d", "")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, arg := range hostileCommands[command] {
		args = append(args, strings.NewReplacer("FILE", file, "MODEL", model).Replace(arg))
	}
	if command == "fn" {
		in = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n- " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n  ") + "\n"
	}
	return args, in
}

// runHostile runs a command of the table.
func runHostile(t *testing.T, command, text string) hostileRun {
	t.Helper()
	args, in := hostileLine(t, command, text)
	var out, talk bytes.Buffer
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	code := cli.Main(context.Background(), args, func(string) (string, bool) { return "", false },
		cli.Streams{In: strings.NewReader(in), Out: &out, Err: &talk})
	runtime.ReadMemStats(&after)
	return hostileRun{code, out.String(), talk.String(), after.TotalAlloc - before.TotalAlloc}
}

const hostileHead = "apiVersion: machinelearning.seldon.io/v1\nkind: SeldonDeployment\nmetadata: {name: m}\n"

// levels are levels that each stand for the one before twice.
func levels(n int, level string) string {
	var text strings.Builder
	text.WriteString("x0: &a0 {k: v}\n")
	for i := 1; i < n; i++ {
		fmt.Fprintf(&text, level+"\n", i, i, i-1, i-1)
	}
	return text.String()
}

// TestBombsAreRefused runs small inputs that would take for ever, or all memory.
func TestBombsAreRefused(t *testing.T) {
	const other = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n"
	long := "x: &a " + strings.Repeat("x", 400_000) + "\ndata: {y: [" + strings.Repeat("*a, ", 9000) + "]}\n"
	const tooMuch = "the aliases stand for more than"
	quantity := func(resources string) string {
		return hostileHead + "spec:\n  predictors:\n  - name: p\n    graph: {name: c}\n    componentSpecs:\n    - spec:\n        containers:\n        - name: c\n          resources: " + resources + "\n"
	}
	for _, c := range []struct{ name, text, want string }{
		{"merge keys", hostileHead + levels(40, "x%d: &a%d {<<: *a%d, <<: *a%d}"), tooMuch},
		{"merge keys of another object", other + levels(40, "x%d: &a%d {<<: *a%d, <<: *a%d}"), tooMuch},
		{"merge keys of a list", "apiVersion: v1\nkind: List\n" + levels(40, "x%d: &a%d {<<: *a%d, <<: *a%d}") + "<<: *a39\n", tooMuch},
		{"lists of lists", hostileHead + levels(40, "x%d: &a%d [*a%d, *a%d]"), tooMuch},
		{"a long text", hostileHead + long, tooMuch},
		{"a long text of another object", other + long, tooMuch},
		{"a long text in a list", "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: m}\n  " + strings.ReplaceAll(long, "\ndata", "\n  data"), tooMuch},
		{"a tiny quantity", quantity(`{requests: {cpu: "1e-999999999"}}`), "expected a quantity"},
		{"a huge quantity", quantity(`{limits: {cpu: "1e999999999"}}`), "expected a quantity"},
	} {
		for command := range hostileCommands {
			t.Run(c.name+"/"+command, func(t *testing.T) {
				want, code := c.want, 1
				if command == "diff" || command == "a cluster" {
					code = 2
				}
				if command == "a cluster" && want != tooMuch {
					// SeldonDeployments of a cluster are not looked at.
					want, code = "", -1
				}
				if settings := strings.Contains(command, "values") || command == "an operator"; settings && want != tooMuch {
					want, code = "", -1
				}
				got := runHostile(t, command, c.text)
				if got.code != code && code >= 0 {
					t.Errorf("exit code %d", got.code)
				}
				if !strings.Contains(got.talk+got.out, want) {
					t.Errorf("want %q, got\n%.1000s%.1000s", want, got.talk, got.out)
				}
				if most := uint64(64 << 20); got.allocated > most {
					t.Errorf("%d MiB allocated for %d bytes", got.allocated>>20, len(c.text))
				}
			})
		}
	}
	t.Run("a quantity among the values", func(t *testing.T) {
		model := hostileHead + "spec:\n  predictors:\n  - name: p\n    graph: {name: c, implementation: SKLEARN_SERVER, modelUri: gs://b/p}\n"
		file := filepath.Join(t.TempDir(), "model.yaml")
		if err := os.WriteFile(file, []byte(model), 0o600); err != nil {
			t.Fatal(err)
		}
		out, talk, code := seldonctl("render", "-f", file, "--set-string", "storageInitializer.memoryLimit=1e-999999999")
		if code != 1 || !strings.Contains(talk, "1e-999999999") {
			t.Errorf("exit code %d\n%s%s", code, talk, out)
		}
	})
}

// TestBombsAcrossItemsAreRefused has the anchors in another item of the function's
// list than their aliases, and in the functionConfig.
func TestBombsAcrossItemsAreRefused(t *testing.T) {
	const head = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n"
	object := func(more string) string {
		return "- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: m}\n" + more
	}
	long := "  x: &a " + strings.Repeat("x", 400_000) + "\n"
	many := "  data: {y: [" + strings.Repeat("*a, ", 9000) + "]}\n"
	chain := "  " + strings.ReplaceAll(strings.TrimSuffix(levels(40, "x%d: &a%d [*a%d, *a%d]"), "\n"), "\n", "\n  ") + "\n"
	for name, input := range map[string]string{
		"a text in another item":         head + "items:\n" + object(long) + object(many),
		"a text in the functionConfig":   head + "functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n" + long + "items:\n" + object(many),
		"aliases in the functionConfig":  head + "items:\n" + object(long) + "functionConfig:\n  apiVersion: v1\n  kind: ConfigMap\n" + many,
		"some in each of many items":     head + "items:\n" + object(long) + strings.Repeat(object("  data: {y: [*a, *a]}\n"), 5000),
		"lists in another item":          head + "items:\n" + object(chain) + object("  y: *a39\n"),
		"a text outside of what is read": head + "other:\n" + long + "items:\n" + object(many),
	} {
		t.Run(name, func(t *testing.T) {
			var out, talk bytes.Buffer
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			code := cli.Main(context.Background(), []string{"fn"}, func(string) (string, bool) { return "", false },
				cli.Streams{In: strings.NewReader(input), Out: &out, Err: &talk})
			runtime.ReadMemStats(&after)
			if code != 1 || !strings.Contains(talk.String(), "the aliases stand for more than") {
				t.Errorf("exit code %d: %.500s", code, talk.String())
			}
			if allocated := (after.TotalAlloc - before.TotalAlloc) >> 20; allocated > 64 {
				t.Errorf("%d MiB allocated", allocated)
			}
		})
	}
}
