package krm

import (
	"slices"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/yaml"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/manifest"
)

// result is a finding as hosts want it. No field ever holds a value of the input:
// it could be a secret.
type result struct {
	Message     string                   `yaml:"message"`
	Severity    string                   `yaml:"severity"`
	ResourceRef *yaml.ResourceIdentifier `yaml:"resourceRef,omitempty"`
	Field       *fieldRef                `yaml:"field,omitempty"`
	File        *fileRef                 `yaml:"file,omitempty"`
	Tags        map[string]string        `yaml:"tags,omitempty"`
}

type fieldRef struct {
	Path string `yaml:"path"`
}

type fileRef struct {
	Path  string `yaml:"path"`
	Index int    `yaml:"index,omitempty"`
}

// codeTag is the tag that holds the code of a finding.
const codeTag = "code"

// subject is what findings are about where they do not say so themselves.
type subject struct {
	object finding.Object
	origin origin
	// prefix is the path of the text that findings were made from, inside the
	// object.
	prefix string
}

// newResult puts a finding about a subject into the form of a result.
func newResult(f finding.Finding, about subject) result {
	f = f.Named(finding.Option.Name)
	if f.Object == (finding.Object{}) {
		f.Object = about.object
	}
	r := result{Message: f.Message, Severity: f.Severity.String(), Tags: map[string]string{codeTag: string(f.Code)}}
	if f.Hint != "" {
		r.Message += "; " + f.Hint
	}
	r.Message = printable.Text(r.Message)
	if f.Severity == finding.Note {
		r.Severity = "info"
	}
	path := about.prefix
	if f.Path != nil {
		path = strings.TrimPrefix(strings.Replace(path+"."+f.Path.String(), ".[", "[", 1), ".")
	}
	// All three are required, and a field needs a resource.
	if o := f.Object; o.APIVersion != "" && o.Kind != "" && o.Name != "" {
		r.ResourceRef = &yaml.ResourceIdentifier{
			TypeMeta: yaml.TypeMeta{APIVersion: printable.Text(o.APIVersion), Kind: printable.Text(o.Kind)},
			NameMeta: yaml.NameMeta{Namespace: printable.Text(o.Namespace), Name: printable.Text(o.Name)},
		}
		if path != "" {
			r.Field = &fieldRef{Path: printable.Text(path)}
		}
	} else if path != "" {
		r.Message = printable.Text(path) + ": " + r.Message
	}
	switch {
	case f.Pos.File != "":
		r.File = &fileRef{Path: printable.Text(f.Pos.File)}
		if f.Pos.Line > 0 {
			r.Message += " (line " + strconv.Itoa(f.Pos.Line) + ")"
		}
	case about.origin.path != "":
		r.File = &fileRef{Path: printable.Text(about.origin.path), Index: about.origin.index}
	}
	return r
}

func hasErrors(results []result) bool {
	return slices.ContainsFunc(results, func(r result) bool { return r.Severity == finding.Error.String() })
}

// line returns the result as severity: file: object: field: message [code].
func (r result) line() string {
	parts := []string{r.Severity}
	if f := r.File; f != nil {
		name := f.Path
		if f.Index > 0 {
			name += "[" + strconv.Itoa(f.Index) + "]"
		}
		parts = append(parts, name)
	}
	if o := r.ResourceRef; o != nil {
		parts = append(parts, o.Kind+" "+manifest.ID{Namespace: o.Namespace, Name: o.Name}.Qualified())
	}
	if r.Field != nil {
		parts = append(parts, r.Field.Path)
	}
	return printable.Line(strings.Join(append(parts, r.Message), ": ") + " [" + r.Tags[codeTag] + "]")
}
