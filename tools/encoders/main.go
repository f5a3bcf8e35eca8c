package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "encoders:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("encoders", flag.ContinueOnError)
	project := flags.String("project", "..", "folder of the project's go.mod")
	check := flags.Bool("check", false, "fail when render/encoders.go is stale instead of writing it")
	if err := flags.Parse(args); err != nil {
		return err
	}
	file := filepath.Join(*project, "render", "encoders.go")
	render, err := load(*project, file)
	if err != nil {
		return err
	}
	code, err := generate(render.Types, specs(render), payloads(render))
	if err != nil {
		return err
	}
	if !*check {
		return os.WriteFile(file, code, 0o644)
	}
	have, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if !bytes.Equal(have, code) {
		return fmt.Errorf("%s is stale: run go generate ./render", file)
	}
	return nil
}

// load type-checks package render. The file that is written need not fit the
// types any more.
func load(project, file string) (*packages.Package, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo,
		Dir:  project,
		// Without it the types stay known, only the calls of the encoders do not.
		Overlay: map[string][]byte{path: []byte("package render\n")},
	}, "./render")
	if err != nil {
		return nil, err
	}
	if len(pkgs) != 1 || pkgs[0].Types == nil {
		return nil, errors.New("package render was not found")
	}
	for _, e := range pkgs[0].Errors {
		if !strings.Contains(e.Msg, "undefined: encode") {
			return nil, e
		}
	}
	return pkgs[0], nil
}

// specs are the types that the spec of an object has.
func specs(render *packages.Package) []types.Type {
	var found []types.Type
	for name, instance := range render.TypesInfo.Instances {
		if name.Name != "object" && name.Name != "newObject" {
			continue
		}
		spec := instance.TypeArgs.At(0)
		_, open := spec.(*types.TypeParam)
		if !open && !slices.ContainsFunc(found, func(t types.Type) bool { return types.Identical(t, spec) }) {
			found = append(found, spec)
		}
	}
	slices.SortFunc(found, func(a, b types.Type) int { return strings.Compare(a.String(), b.String()) })
	return found
}

// payloads are the other types that are written.
func payloads(render *packages.Package) []types.Type {
	var found []types.Type
	for _, name := range []string{"objectMeta", "payloadPredictor"} {
		if o := render.Types.Scope().Lookup(name); o != nil {
			found = append(found, o.Type())
		}
	}
	return found
}
