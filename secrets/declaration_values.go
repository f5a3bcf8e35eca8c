package secrets

import (
	"cmp"
	"maps"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/release"
)

// World is what values are fetched from. Both functions may be called for
// anything that a user wrote.
type World struct {
	// Env looks up a variable of the process; nil where none may be read.
	Env func(name string) (string, bool)
	// File reads a file. The path is that of the field in the values that names it,
	// for paths relative to the file that the field is in; it is nil for a path
	// that a variable of the process holds.
	File func(at *field.Path, name string) ([]byte, error)
}

const noVariables = "variables of the environment are not read here"

// Resolve fetches the values of a declaration. The declaration itself does not
// change.
func (d *Declaration) Resolve(w World) (Request, finding.List) {
	r := d.Request
	r.Values = map[string]Sensitive{}
	if d.Provider == nil || d.Faulty {
		return r, nil
	}
	var faults finding.List
	if d.EnvFile != "" {
		at := d.Path.Child("from", "envFile")
		data, err := w.File(at, d.EnvFile)
		if err != nil {
			faults = append(faults, declarationFault(at, "cannot read the file: %v", printable.Reason(err)))
		}
		variables, found := ReadEnvFile(File{Name: d.EnvFile, Data: data}, w.Env)
		faults = append(faults, found...)
		faults = append(faults, d.take(&r, w, at, func(name string) (string, bool) {
			v, ok := variables[name]
			return v.Reveal(), ok
		})...)
	}
	if d.FromEnv && w.Env == nil {
		faults = append(faults, declarationFault(d.Path.Child("from", "env"), "%s", noVariables))
	} else if d.FromEnv {
		faults = append(faults, d.take(&r, w, nil, w.Env)...)
	}
	for _, f := range d.Provider.Fields {
		source, ok := d.Fields[f.Name]
		if !ok {
			continue
		}
		at := d.Path.Child("fields").Key(f.Name)
		value, err := source.resolve(w, at, f)
		if err != "" {
			faults = append(faults, declarationFault(at, "%s", err))
		}
		r.Values[f.Name] = value
	}
	return r, faults
}

// take takes from variables what the variant asks for. Paths in them are
// relative to the place that is given.
func (d *Declaration) take(r *Request, w World, at *field.Path, lookup func(string) (string, bool)) finding.List {
	v, err := d.Provider.VariantFor(r)
	if err != nil {
		return nil
	}
	read := func(name string) ([]byte, error) { return w.File(at, name) }
	values, faults := d.Provider.FromVariables(v, d.Provider.RemoteName(r), lookup, read)
	faults = append(faults, d.Provider.CheckUnread(lookup)...)
	maps.Copy(r.Values, values)
	for i := range faults {
		faults[i].Path = cmp.Or(at, d.Path.Child("from", "env"))
	}
	return faults
}

// FromVariables takes the fields of a variant from variables. A variable without
// text counts as absent. Files that variables name are read with the function.
func (p *Provider) FromVariables(v *Variant, remote string, lookup func(string) (string, bool), read func(string) ([]byte, error)) (map[string]Sensitive, finding.List) {
	values := map[string]Sensitive{}
	var faults finding.List
	for _, field := range join(v.Required, v.Optional) {
		f, ok := p.Field(field)
		if !ok {
			continue
		}
		for _, name := range f.VariablesFor(remote) {
			value, _ := lookup(name)
			if value == "" {
				continue
			}
			isOption := f.Option != "" && strings.HasPrefix(name, remotePrefix)
			if f.File && !isOption {
				data, err := read(value)
				if err != nil {
					faults = append(faults, finding.New(finding.CredentialFile, nil, "cannot read the file that %s names: %v", name, printable.Reason(err)))
				}
				value = string(data)
			}
			values[f.Name] = Sensitive(value)
			break
		}
	}
	return values, faults
}

// CheckUnread warns about variables that no form of the Secret has a use for, and
// without which the others do not work.
func (p *Provider) CheckUnread(lookup func(string) (string, bool)) finding.List {
	var out finding.List
	for _, f := range p.Unread {
		for _, name := range f.Variables {
			if value, _ := lookup(name); value != "" {
				out = append(out, finding.New(finding.CredentialSuspicious, nil, "%s is not used: %s reads no %s, and the keys may not work without it", name, p.Variants[0].Reader, f.Usage).
					WithHint("use long-term keys, or %s", commandsFor(otherInitializer(p.Variants[0].Reader))))
			}
		}
	}
	return out
}

// otherInitializer is the initializer that reads other Secrets.
func otherInitializer(i release.Initializer) release.Initializer {
	if i == release.RcloneInitializer {
		return release.KFServingInitializer
	}
	return release.RcloneInitializer
}

func (s FieldSource) resolve(w World, at *field.Path, f Field) (Sensitive, string) {
	switch {
	case s.Env != "" && w.Env == nil:
		return "", noVariables
	case s.Env != "":
		value, _ := w.Env(s.Env)
		switch {
		case value != "":
			return Sensitive(value), ""
		case isPlainVariable(s.Env):
			return "", "the variable " + s.Env + " is not set"
		}
		return "", "the variable that env names is not set"
	case s.File != "":
		data, err := w.File(at, s.File)
		if err != nil {
			return "", "cannot read the file: " + printable.Reason(err).Error()
		}
		if f.File {
			return Sensitive(data), ""
		}
		return OneLine(data), ""
	}
	return s.Inline, ""
}

// isPlainVariable reports whether a text is the name of a variable, and no secret
// at a wrong place.
func isPlainVariable(name string) bool {
	return isVariable(name) && (strings.Contains(name, "_") || !strings.ContainsAny(name, "0123456789"))
}

// OneLine takes the line end off a file that holds a single value.
func OneLine(data []byte) Sensitive {
	text := strings.TrimSuffix(string(data), "\n")
	return Sensitive(strings.TrimSuffix(text, "\r"))
}

// Build makes the objects of a declaration from what [Declaration.Resolve]
// returned. An empty namespace of the request is that of the cluster's choice:
// set it to build the objects again for each namespace that uses them.
func (d *Declaration) Build(r Request) Result {
	if d.Provider == nil {
		a := &corev1.ServiceAccount{
			TypeMeta:   metav1.TypeMeta{APIVersion: "v1", Kind: kindServiceAccount},
			ObjectMeta: metav1.ObjectMeta{Name: r.Name, Namespace: r.Namespace, Labels: r.Labels, Annotations: r.Annotations},
		}
		for _, name := range d.Secrets {
			a.Secrets = append(a.Secrets, corev1.ObjectReference{Name: name})
		}
		return Result{ServiceAccount: a}
	}
	result := d.Provider.Build(r)
	for i := range result.Findings {
		f := &result.Findings[i]
		*f = f.Named(finding.Option.Name)
		f.Path = d.Path
		if f.Code == finding.CredentialMissing {
			f.Hint = "set them with from.env, from.envFile or under fields: " + variablesOf(result.Missing, d.Provider.RemoteName(&r))
		}
	}
	return result
}

// variablesOf says which variables hold fields.
func variablesOf(fields []Field, remote string) string {
	var out []string
	for _, f := range fields {
		if names := f.VariablesFor(remote); len(names) > 0 {
			out = append(out, f.Name+" is "+names[0])
		}
	}
	return strings.Join(out, ", ")
}
