package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"reflect"
	"strings"
)

// typeName is a Go type's package path and name.
type typeName struct{ pkg, name string }

func (t typeName) String() string {
	if (t == typeName{}) {
		return "a basic type"
	}
	return t.pkg + "." + t.name
}

// api is the source of one version of the Kubernetes types.
type api struct {
	version string
	dirs    map[string]string
	parsed  map[string]*source
}

func newAPI(version string, dirs map[string]string) *api {
	return &api{version: version, dirs: dirs, parsed: map[string]*source{}}
}

// source is what counts of a package: its types, and which of them write their
// JSON themselves.
type source struct {
	types   map[string]declaration
	marshal map[string]bool
}

type declaration struct {
	expr    ast.Expr
	imports map[string]string
}

// field is a struct field as encoding/json sees it.
type field struct {
	// name is the JSON name; an inlined struct has none.
	name string
	// holds is the named type behind pointers, lists and maps; its zero value
	// stands for basic types and for types of other modules.
	holds typeName
	// options are those of the JSON tag, and a star for a pointer: together they
	// decide whether an empty value is written.
	options string
}

// fields returns the fields of a struct in the order of the source. A type that
// is not a struct, or one that writes its own JSON, has none.
func (a *api) fields(t typeName) ([]field, error) {
	s, err := a.load(t.pkg)
	if err != nil || s == nil || s.marshal[t.name] {
		return nil, err
	}
	decl, ok := s.types[t.name]
	if !ok {
		return nil, fmt.Errorf("%s has no type %s", a.version, t)
	}
	structure, ok := decl.expr.(*ast.StructType)
	if !ok {
		return nil, nil
	}
	var out []field
	for _, f := range structure.Fields.List {
		tag := ""
		if f.Tag != nil {
			tag = reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("json")
		}
		name, options, _ := strings.Cut(tag, ",")
		if name == "-" {
			continue
		}
		if name == "" && len(f.Names) > 0 {
			return nil, fmt.Errorf("%s: %s.%s has no JSON name", a.version, t, f.Names[0])
		}
		holds, err := a.holds(t.pkg, decl, f.Type)
		if err != nil {
			return nil, err
		}
		if _, ok := f.Type.(*ast.StarExpr); ok {
			options = "*" + options
		}
		out = append(out, field{name: name, holds: holds, options: options})
	}
	return out, nil
}

// flat returns the fields of a struct with those of the structs it inlines in
// their place, as encoding/json writes them.
func (a *api) flat(t typeName) ([]field, error) {
	fields, err := a.fields(t)
	if err != nil {
		return nil, err
	}
	var out []field
	for _, f := range fields {
		if f.name != "" {
			out = append(out, f)
			continue
		}
		inlined, err := a.flat(f.holds)
		if err != nil {
			return nil, err
		}
		out = append(out, inlined...)
	}
	return out, nil
}

// holds finds the named type behind an expression, following named lists and
// maps such as ResourceList.
func (a *api) holds(pkg string, decl declaration, expr ast.Expr) (typeName, error) {
	switch e := expr.(type) {
	case *ast.StarExpr:
		return a.holds(pkg, decl, e.X)
	case *ast.ArrayType:
		return a.holds(pkg, decl, e.Elt)
	case *ast.MapType:
		return a.holds(pkg, decl, e.Value)
	case *ast.SelectorExpr:
		return a.named(typeName{decl.imports[e.X.(*ast.Ident).Name], e.Sel.Name})
	case *ast.Ident:
		return a.named(typeName{pkg, e.Name})
	}
	return typeName{}, fmt.Errorf("%s: a type of package %s is written in a way this program does not know: %T", a.version, pkg, expr)
}

func (a *api) named(t typeName) (typeName, error) {
	s, err := a.load(t.pkg)
	if err != nil || s == nil || s.marshal[t.name] {
		return typeName{}, err
	}
	decl, ok := s.types[t.name]
	if !ok {
		return typeName{}, nil
	}
	if _, ok := decl.expr.(*ast.StructType); ok {
		return t, nil
	}
	return a.holds(t.pkg, decl, decl.expr)
}

// load parses a package; it returns nil for packages of other modules.
func (a *api) load(pkg string) (*source, error) {
	if s, ok := a.parsed[pkg]; ok {
		return s, nil
	}
	dir, ok := packageDir(a.dirs, pkg)
	if !ok {
		return nil, nil
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	s := &source{types: map[string]declaration{}, marshal: map[string]bool{}}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		tree, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		s.add(tree)
	}
	if len(s.types) == 0 {
		return nil, fmt.Errorf("%s has no package %s", a.version, pkg)
	}
	a.parsed[pkg] = s
	return s, nil
}

func (s *source) add(file *ast.File) {
	imports := map[string]string{}
	for _, spec := range file.Imports {
		pkg := strings.Trim(spec.Path.Value, `"`)
		name := path.Base(pkg)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		imports[name] = pkg
	}
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				if t, ok := spec.(*ast.TypeSpec); ok {
					s.types[t.Name.Name] = declaration{expr: t.Type, imports: imports}
				}
			}
		case *ast.FuncDecl:
			if d.Recv != nil && d.Name.Name == "MarshalJSON" {
				s.marshal[receiver(d)] = true
			}
		}
	}
}

// receiver returns the name of the type that a method belongs to.
func receiver(d *ast.FuncDecl) string {
	expr := d.Recv.List[0].Type
	if star, ok := expr.(*ast.StarExpr); ok {
		expr = star.X
	}
	if ident, ok := expr.(*ast.Ident); ok {
		return ident.Name
	}
	return ""
}
