package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// TestDocumentedCommandLines looks for commands and flags that do not exist in
// the command lines that the documentation, the examples and the help of the
// commands show.
func TestDocumentedCommandLines(t *testing.T) {
	t.Parallel()
	lines := 0
	for name, text := range documents(t) {
		for _, line := range commandLines(text) {
			lines++
			if err := checkCommandLine(line); err != nil {
				t.Errorf("%s: seldonctl %s: %v", name, strings.Join(line, " "), err)
			}
		}
	}
	if lines < 40 {
		t.Errorf("only %d command lines were found", lines)
	}
}

// link finds links in Markdown.
var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// TestLinks looks for links in the documentation that lead to no file.
func TestLinks(t *testing.T) {
	t.Parallel()
	err := filepath.WalkDir(projectDir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.IsDir() && slices.Contains([]string{".git", "bin", "dist"}, entry.Name()) {
			return fs.SkipDir
		}
		if err != nil || filepath.Ext(path) != ".md" {
			return err
		}
		text, err := os.ReadFile(path)
		for _, match := range link.FindAllStringSubmatch(string(text), -1) {
			target, _, _ := strings.Cut(match[1], "#")
			if target == "" || strings.Contains(target, "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), filepath.FromSlash(target))); err != nil {
				t.Errorf("%s: the link to %s leads nowhere", path, target)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// documents returns everything that may show command lines, by name.
func documents(t *testing.T) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := filepath.WalkDir(projectDir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{".git", "testdata", "bin", "dist", "e2e"}, entry.Name()):
			return fs.SkipDir
		case entry.IsDir() || !slices.Contains([]string{".md", ".sh", ".yaml", ".yml", ".tpl"}, filepath.Ext(path)):
			return nil
		}
		text, err := os.ReadFile(path)
		texts[path] = shown(path, string(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var visit func(c *cobra.Command)
	visit = func(c *cobra.Command) {
		texts["help of "+c.CommandPath()] = c.Example
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(testRoot())
	return texts
}

// code finds blocks and spans of code in Markdown.
var code = regexp.MustCompile("(?s)```[a-z]*\n(.*?)```|`([^`\n]+)`")

// shown returns what a file shows of command lines: the code in Markdown, all
// but the comments elsewhere.
func shown(path, text string) string {
	var b strings.Builder
	if filepath.Ext(path) != ".md" {
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(strings.TrimSpace(line), "#") {
				b.WriteString(line)
			}
		}
		return b.String()
	}
	for _, match := range code.FindAllStringSubmatch(text, -1) {
		b.WriteString(match[1] + match[2] + "\n")
	}
	return b.String()
}

// start finds where a command line begins: at the start of a line or behind what
// shells and workflow files have in front of a command.
var start = regexp.MustCompile("(?:^|[|(`]|&&|run:|exec )\\s*(?:go run (?:\\./cmd/seldonctl|[a-z./]*/cmd/seldonctl@[a-z0-9.]+)|seldonctl) ([a-z-][^#]*)")

// commandLines returns the arguments of the command lines in a text.
func commandLines(text string) [][]string {
	text = strings.ReplaceAll(text, "\\\n", " ")
	var found [][]string
	for line := range strings.Lines(text) {
		for _, match := range start.FindAllStringSubmatch(line, -1) {
			found = append(found, words(match[1]))
		}
	}
	return found
}

// words splits a command line at spaces outside quotes, and ends it at what ends
// a command.
func words(line string) []string {
	var out []string
	var word strings.Builder
	quote, begun := rune(0), false
	flush := func() {
		if begun {
			out = append(out, word.String())
		}
		word.Reset()
		begun = false
	}
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote != 0:
			word.WriteRune(r)
		case r == '\'' || r == '"':
			quote, begun = r, true
		case strings.ContainsRune("|;&><)`\n", r):
			flush()
			return out
		case r == ' ' || r == '\t':
			flush()
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	flush()
	return out
}

func checkCommandLine(args []string) error {
	// Prose about a command in general: seldonctl secret PROVIDER.
	args = slices.DeleteFunc(slices.Clone(args), func(a string) bool { return a == "..." || strings.HasPrefix(a, "[") })
	root := testRoot()
	cmd, rest, err := root.Find(args)
	if err != nil {
		return err
	}
	if err := cmd.ParseFlags(rest); err != nil && !errors.Is(err, pflag.ErrHelp) {
		return err
	}
	if cmd == root && cmd.Flags().NArg() > 0 {
		return fmt.Errorf("unknown command %q", cmd.Flags().Arg(0))
	}
	return nil
}
