package cli

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

var update = flag.Bool("update", false, "write the reference pages in docs/cli")

const (
	projectDir   = "../.."
	referenceDir = projectDir + "/docs/cli"
)

// TestReference holds the pages in docs/cli against the commands they are about.
func TestReference(t *testing.T) {
	t.Parallel()
	pages := referencePages(testRoot())
	if *update {
		writePages(t, pages)
	}
	for name, want := range pages {
		got, err := os.ReadFile(filepath.Join(referenceDir, name))
		if err != nil {
			t.Errorf("%v: run make update", err)
			continue
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("docs/cli/%s is stale, run make update (-want +got):\n%s", name, diff)
		}
	}
	files, err := os.ReadDir(referenceDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if _, ok := pages[f.Name()]; !ok {
			t.Errorf("docs/cli/%s is about no command: remove it", f.Name())
		}
	}
}

func writePages(t *testing.T, pages map[string]string) {
	t.Helper()
	if err := os.RemoveAll(referenceDir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(referenceDir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(referenceDir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCommandAlone compares the command that a run makes for itself with the one
// among all.
func TestCommandAlone(t *testing.T) {
	var visit func(c *cobra.Command, args []string)
	visit = func(c *cobra.Command, args []string) {
		if len(args) > 0 {
			alone, rest, err := testRoot(args...).Find(args)
			if err != nil || len(rest) > 0 {
				t.Fatalf("%q: found %v, %v", args, alone, err)
			}
			if diff := cmp.Diff(referencePage(c), referencePage(alone)); diff != "" {
				t.Errorf("%q (-among all +alone):\n%s", args, diff)
			}
			if len(alone.Parent().Commands()) == len(c.Parent().Commands()) {
				t.Errorf("%q: all its siblings were made", args)
			}
		}
		for _, sub := range c.Commands() {
			if sub.Name() != "help" && sub.Name() != "completion" {
				visit(sub, append(slices.Clone(args), sub.Name()))
			}
		}
	}
	visit(testRoot(), nil)
}

// testRoot returns the commands as they are in an empty environment.
func testRoot(args ...string) *cobra.Command {
	root := newRootCommand(
		Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard},
		func(string) (string, bool) { return "", false }, args)
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	return root
}

// referencePages returns a page for each command by file name, and README.md
// with the list of them.
func referencePages(root *cobra.Command) map[string]string {
	pages := map[string]string{}
	var index strings.Builder
	index.WriteString("# Commands\n\nWritten from the program by `make update`; `seldonctl COMMAND --help` prints the same.\n\n| Command | |\n|---|---|\n")
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		if c.Name() == "help" || c.Hidden {
			return
		}
		name := strings.ReplaceAll(c.CommandPath(), " ", "_") + ".md"
		pages[name] = referencePage(c)
		fmt.Fprintf(&index, "| [%s](%s) | %s |\n", c.CommandPath(), name, c.Short)
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(root)
	pages["README.md"] = index.String()
	return pages
}

func referencePage(c *cobra.Command) string {
	c.InitDefaultHelpFlag()
	c.InitDefaultVersionFlag()
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n", c.CommandPath(), c.Short)
	block := func(title, text string) {
		if text != "" {
			fmt.Fprintf(&b, "\n%s```\n%s\n```\n", title, strings.Trim(text, "\n"))
		}
	}
	block("", c.UseLine())
	if c.Long != "" {
		fmt.Fprintf(&b, "\n%s\n", strings.ReplaceAll(strings.TrimSpace(c.Long), "<", "\\<"))
	}
	block("## Examples\n\n", unindent(c.Example))
	block("## Flags\n\n", c.NonInheritedFlags().FlagUsages())
	block("## Flags of all commands\n\n", c.InheritedFlags().FlagUsages())
	return b.String()
}

// unindent takes away the two spaces that lines of examples begin with.
func unindent(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, "  ")
	}
	return strings.Join(lines, "\n")
}

// TestHelpFitsTerminals looks at every line that the help of a command shows.
func TestHelpFitsTerminals(t *testing.T) {
	t.Parallel()
	eachCommand(testRoot(), func(cmd *cobra.Command) {
		for line := range strings.Lines(cmd.Long + "\n" + cmd.UsageString()) {
			if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > helpWidth {
				t.Errorf("%s: %d columns: %s", cmd.CommandPath(), n, line)
			}
		}
	})
}

// TestLetters holds letters of flags to one meaning in all commands.
func TestLetters(t *testing.T) {
	t.Parallel()
	names := map[string]string{"o": "format", "f": "filename", "n": "namespace", "R": "recursive", "q": "quiet", "v": "verbose", "h": "help"}
	eachCommand(testRoot(), func(cmd *cobra.Command) {
		cmd.Flags().VisitAll(func(f *pflag.Flag) {
			if f.Shorthand != "" && names[f.Shorthand] != f.Name && cmd.HasParent() {
				t.Errorf("%s: -%s is --%s", cmd.CommandPath(), f.Shorthand, f.Name)
			}
		})
	})
}

func eachCommand(cmd *cobra.Command, do func(*cobra.Command)) {
	do(cmd)
	for _, sub := range cmd.Commands() {
		eachCommand(sub, do)
	}
}
