package release_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/internal/recorded"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/seldon"
)

// TestPrunedFieldsAreThoseThatSchemasLack compares the types of each release with
// the paths of its custom resource's schema, where those are on this machine.
func TestPrunedFieldsAreThoseThatSchemasLack(t *testing.T) {
	t.Parallel()
	suite, err := recorded.External()
	if errors.Is(err, recorded.ErrAbsent) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, r := range release.All() {
		text, err := os.ReadFile(filepath.Join(suite.Dir(), "charts", r.Version, "crd-v1-fields.json"))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		var paths []string
		if err != nil || json.Unmarshal(text, &paths) != nil {
			t.Fatal(r.Version, err)
		}
		s := schema{release: r, paths: map[string]bool{}, lacks: release.FieldMask{}}
		for _, path := range paths {
			s.paths[path] = true
			for i := range path {
				if path[i] == '.' || path[i] == '[' {
					s.inner(path[:i])
				}
			}
		}
		s.compare(reflect.TypeFor[seldon.DeploymentSpec](), ".spec")
		// Today's types no longer have this one.
		const claims = "k8s.io/api/core/v1.VolumeResourceRequirements"
		if r.KubernetesAPI == "1.28" && !s.paths[".spec.predictors[].componentSpecs[].spec.volumes[].ephemeral.volumeClaimTemplate.spec.resources.claims"] {
			s.lacks[claims] = []string{"claims"}
		}
		want := release.FieldMask{}
		for typ, names := range r.Pruned {
			want[typ] = slices.Sorted(slices.Values(names))
		}
		if d := cmp.Diff(want, s.lacks); d != "" {
			t.Errorf("%s (-release +schema)\n%s", r.Version, d)
		}
		compared++
	}
	if compared < 10 {
		t.Errorf("schemas of %d releases were found", compared)
	}
}

// schema is what the custom resource of a release may have.
type schema struct {
	release *release.Release
	paths   map[string]bool
	// parents are paths with something below them.
	parents map[string]bool
	lacks   release.FieldMask
}

func (s *schema) inner(path string) {
	if s.parents == nil {
		s.parents = map[string]bool{}
	}
	s.parents[path] = true
}

func (s *schema) compare(typ reflect.Type, path string) {
	for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice {
		if typ.Kind() == reflect.Slice {
			path += "[]"
		}
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct || reflect.PointerTo(typ).Implements(reflect.TypeFor[json.Unmarshaler]()) {
		return
	}
	name := typ.PkgPath() + "." + typ.Name()
	for f := range typ.Fields() {
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		at := path + "." + key
		switch {
		case key == "":
			s.compare(f.Type, path)
		case key == "-", slices.Contains(s.release.UnknownFields[name], key), s.told(typ, key):
		case !s.paths[at], isBare(f.Type) && !s.parents[at]:
			if !slices.Contains(s.lacks[name], key) {
				s.lacks[name] = append(s.lacks[name], key)
				slices.Sort(s.lacks[name])
			}
		default:
			s.compare(f.Type, at)
		}
	}
}

// isBare reports whether values of a type have fields, so that a schema has to
// list them.
func isBare(typ reflect.Type) bool {
	return typ.Kind() == reflect.Struct && !reflect.PointerTo(typ).Implements(reflect.TypeFor[json.Unmarshaler]())
}

// told reports whether a field that is dropped is told in words of its own, or
// not worth any: the operator computes ports anew, and a server manages fields.
func (s *schema) told(typ reflect.Type, key string) bool {
	switch key {
	case "metadata":
		return typ == reflect.TypeFor[seldon.ComponentSpec]() && s.release.Pods.Metadata == release.PodMetadataDropped
	case "storageInitializerImage":
		return typ == reflect.TypeFor[seldon.Unit]() && s.release.Storage.UnitImage == release.UnitImageDropped
	case "httpPort", "grpcPort":
		return typ == reflect.TypeFor[seldon.Endpoint]()
	}
	// The schema repeats the children of units ten levels deep, and the list does not.
	return key == "managedFields" || key == "children"
}
