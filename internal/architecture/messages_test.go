package architecture

import (
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// command is a command line in a message, and flag a flag outside of one.
var (
	command = regexp.MustCompile("(?s)`[^`]*`|\\b(seldonctl|kubectl|curl|echo|az|gcloud) .*")
	flag    = regexp.MustCompile(`[\s(]--?[a-z][a-z-]*`)
)

// TestLibrariesNameNoFlags looks for flags in the messages of packages that have
// other users than the command line: a finding carries the option, and whoever
// prints it knows its name.
func TestLibrariesNameNoFlags(t *testing.T) {
	t.Parallel()
	for _, dir := range []string{"manifest", "values", "render", "secrets", "input", "internal/source", "internal/run", "internal/platform", "internal/images", "internal/krm"} {
		files, err := filepath.Glob(filepath.Join("..", "..", dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", dir, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, text := range stringsOf(t, name) {
				if found := flag.FindString(command.ReplaceAllString(text, "")); found != "" {
					t.Errorf("%s: %q names the flag%s: use finding.Option", name, text, found)
				}
			}
		}
	}
}

// stringsOf returns the texts in a file of Go.
func stringsOf(t *testing.T, name string) []string {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var s scanner.Scanner
	files := token.NewFileSet()
	s.Init(files.AddFile(name, -1, len(src)), src, nil, 0)
	var texts []string
	for {
		_, tok, lit := s.Scan()
		switch tok {
		case token.EOF:
			return texts
		case token.STRING:
			text, err := strconv.Unquote(lit)
			if err != nil {
				t.Fatal(err)
			}
			texts = append(texts, text)
		}
	}
}
