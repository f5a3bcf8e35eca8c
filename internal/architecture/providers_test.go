package architecture

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/secrets"
)

// TestProvidersAreData looks for names of providers outside of the files that
// define them: whoever compares with one has to be changed for the next.
func TestProvidersAreData(t *testing.T) {
	t.Parallel()
	var names []string
	for _, p := range secrets.Providers() {
		names = append(names, p.Name)
	}
	for _, dir := range []string{"secrets", "render", "values", "internal"} {
		err := filepath.WalkDir(filepath.Join("..", "..", dir), func(path string, entry os.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			if used := namesIn(file, names); len(used) > 0 && !definesProvider(file) {
				t.Errorf("%s has the names of providers %v: make what it decides a field of secrets.Provider", path, used)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func namesIn(file *ast.File, names []string) (used []string) {
	ast.Inspect(file, func(n ast.Node) bool {
		if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
			if value, err := strconv.Unquote(text.Value); err == nil && slices.Contains(names, value) {
				used = append(used, value)
			}
		}
		return true
	})
	return used
}

func definesProvider(file *ast.File) (defines bool) {
	ast.Inspect(file, func(n ast.Node) bool {
		if literal, ok := n.(*ast.CompositeLit); ok {
			if name, ok := literal.Type.(*ast.Ident); ok && name.Name == "Provider" {
				defines = true
			}
		}
		return true
	})
	return defines
}
