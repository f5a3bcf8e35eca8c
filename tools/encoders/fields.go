package main

import (
	"fmt"
	"go/types"
	"reflect"
	"regexp"
	"slices"
	"strings"
)

// field is a member that encoding/json writes of a struct.
type field struct {
	// name is the member's, path what selects the field from the struct.
	name, path string
	typ        types.Type
	// omitEmpty and omitZero are the options of the tag.
	omitEmpty, omitZero bool
}

// fieldsOf returns the members of a struct in their order, those of embedded
// structs in their place.
func fieldsOf(s *types.Struct) ([]field, error) {
	fields, err := flatten(s, "")
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, f := range fields {
		if seen[f.name] {
			return nil, fmt.Errorf("%s is there twice; which one encoding/json takes is not worked out here", f.name)
		}
		seen[f.name] = true
	}
	return fields, nil
}

// simpleName is a member that YAML takes as it is, unless it is a word of YAML.
var simpleName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]*$`)

var yamlWords = []string{"y", "n", "yes", "no", "on", "off", "true", "false", "null"}

func flatten(s *types.Struct, path string) ([]field, error) {
	var out []field
	for i := range s.NumFields() {
		v := s.Field(i)
		name, options, _ := strings.Cut(reflect.StructTag(s.Tag(i)).Get("json"), ",")
		if name == "-" && options == "" || !v.Exported() && !v.Embedded() {
			continue
		}
		if v.Embedded() && name == "" {
			inner, ok := v.Type().Underlying().(*types.Struct)
			if !ok {
				return nil, fmt.Errorf("%s is embedded and not a struct", v.Name())
			}
			fields, err := flatten(inner, path+v.Name()+".")
			if err != nil {
				return nil, err
			}
			out = append(out, fields...)
			continue
		}
		if name == "" {
			name = v.Name()
		}
		if !simpleName.MatchString(name) || slices.Contains(yamlWords, strings.ToLower(name)) {
			return nil, fmt.Errorf("the name %s needs quotes", name)
		}
		f := field{name: name, path: path + v.Name(), typ: v.Type()}
		for option := range strings.SplitSeq(options, ",") {
			switch option {
			case "omitempty":
				f.omitEmpty = true
			case "omitzero":
				f.omitZero = true
			case "", "inline":
			default:
				return nil, fmt.Errorf("the option %s of %s is unknown", option, name)
			}
		}
		out = append(out, f)
	}
	return out, nil
}

// marshals reports whether a type, or a pointer to it, writes itself.
func marshals(t types.Type) bool {
	for _, method := range []string{"MarshalJSON", "MarshalText"} {
		if o, _, _ := types.LookupFieldOrMethod(types.NewPointer(t), true, nil, method); o != nil {
			if _, ok := o.(*types.Func); ok {
				return true
			}
		}
	}
	return false
}
