package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// openers are the functions that open or describe a file by its name, or read the
// environment, with the files that may call them. Everything else goes through
// internal/files, so that a run that is confined opens nothing behind its back.
var openers = map[string][]string{
	"os.Open":          {"internal/files/opener.go", "internal/output/ownership.go", "internal/files/open.go"},
	"syscall.Open":     {"internal/files/open_unix.go"},
	"os.ReadFile":      {"internal/output/check.go"},
	"os.Stat":          {"internal/files/opener.go", "internal/output/dir.go", "internal/output/file.go"},
	"os.Lstat":         {"internal/output/ownership.go", "internal/output/sweep.go"},
	"os.OpenFile":      {"internal/output/dir.go", "internal/output/file.go"},
	"os.OpenRoot":      {"internal/files/opener.go"},
	"os.ReadDir":       nil,
	"os.DirFS":         nil,
	"os.Getenv":        nil,
	"os.Environ":       nil,
	"os.LookupEnv":     {"internal/cli/process.go"},
	"filepath.Glob":    nil,
	"filepath.Walk":    nil,
	"filepath.WalkDir": nil,
}

func TestFilesAreOpenedInOnePlace(t *testing.T) {
	t.Parallel()
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if entry.IsDir() {
			if slices.Contains([]string{"e2e", "tools", "tests", "internal/recorded", "internal/corpus", "internal/browser", "internal/architecture", ".git"}, name) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if pkg, ok := s.X.(*ast.Ident); ok {
					call := pkg.Name + "." + s.Sel.Name
					if may, known := openers[call]; known && !slices.Contains(may, name) {
						t.Errorf("%s uses %s: open files with internal/files, and take variables from cli.Environment", name, call)
					}
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
