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

	"github.com/seldonctl/seldonctl/secrets"
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
	index.WriteString("# Commands\n\nWritten from the program by `make update`; `seldonctl help COMMAND` prints the same.\n\n| Command | |\n|---|---|\n")
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
		fmt.Fprintf(&b, "\n%s", markdown(c.Long))
	}
	block("## Examples\n\n", unindent(c.Example))
	block("## Flags\n\n", c.NonInheritedFlags().FlagUsages())
	block("## Flags of all commands\n\n", c.InheritedFlags().FlagUsages())
	return b.String()
}

// markdown returns prose as GitHub shows it: lines that are indented are tables and
// commands, which keep their form in a block of code only, where nothing is escaped.
func markdown(prose string) string {
	var b strings.Builder
	indented := false
	fence := func(on bool) {
		if on != indented {
			b.WriteString(map[bool]string{true: "\n```\n", false: "```\n\n"}[on])
		}
		indented = on
	}
	escape := strings.NewReplacer("<", `\<`, "*", `\*`, "#", `\#`)
	for line := range strings.SplitSeq(strings.TrimSpace(prose), "\n") {
		switch {
		case strings.HasPrefix(line, " "), strings.HasPrefix(line, "\t"):
			fence(true)
			b.WriteString(strings.TrimPrefix(line, "  ") + "\n")
		case line == "" && indented:
			fence(false)
		default:
			fence(false)
			b.WriteString(escape.Replace(line) + "\n")
		}
	}
	fence(false)
	return strings.TrimRight(b.String(), "\n") + "\n"
}

func TestMarkdown(t *testing.T) {
	t.Parallel()
	const prose = `What <NAME> and * mean:
  --type s3     <REMOTE>
  --type minio  source <(x)

#1 of all.
`
	const want = "What \\<NAME> and \\* mean:\n\n```\n--type s3     <REMOTE>\n--type minio  source <(x)\n```\n\n\\#1 of all.\n"
	if diff := cmp.Diff(want, markdown(prose)); diff != "" {
		t.Error(diff)
	}
}

// TestReferenceKeepsItsForm looks for what GitHub's Markdown would change: columns
// and commands outside blocks of code, tags, and escapes inside.
func TestReferenceKeepsItsForm(t *testing.T) {
	t.Parallel()
	for name, page := range referencePages(testRoot()) {
		fenced := false
		for line := range strings.Lines(page) {
			switch {
			case strings.HasPrefix(line, "```"):
				fenced = !fenced
			case fenced && strings.Contains(line, `\<`):
				t.Errorf("%s: an escape in a block of code: %s", name, line)
			case !fenced && (strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")):
				t.Errorf("%s: an indented line outside a block of code: %s", name, line)
			case !fenced && strings.Contains(strings.ReplaceAll(line, `\<`, ""), "<"):
				t.Errorf("%s: a tag: %s", name, line)
			}
		}
		if fenced {
			t.Errorf("%s: a block of code does not end", name)
		}
	}
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

// TestSecretHelpFitsAScreen looks at what --help says of the providers; the command
// help says all.
func TestSecretHelpFitsAScreen(t *testing.T) {
	t.Parallel()
	for _, p := range secrets.Providers() {
		root := testRoot("secret", p.Name)
		cmd, _, err := root.Find([]string{"secret", p.Name})
		if err != nil {
			t.Fatal(err)
		}
		var brief, whole strings.Builder
		cmd.SetOut(&brief)
		if err := cmd.Help(); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(brief.String(), "\n"); n < 24 || n > 40 {
			t.Errorf("%s: %d lines:\n%s", p.Name, n, brief.String())
		}
		for line := range strings.Lines(brief.String()) {
			if len(line) > helpWidth+1 {
				t.Errorf("%s: %d columns: %s", p.Name, len(line)-1, line)
			}
		}
		root = testRoot()
		root.SetOut(&whole)
		root.SetArgs([]string{"help", "secret", p.Name})
		if err := root.Execute(); err != nil || !strings.Contains(whole.String(), "--string-data") || !strings.Contains(whole.String(), "Variables that") {
			t.Errorf("%s: %v, and the whole help lacks something:\n%s", p.Name, err, whole.String())
		}
	}
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
