package secrets

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seldonctl/seldonctl/internal/spelling"
	"github.com/seldonctl/seldonctl/release"
)

// Provider is a kind of credentials: what is asked for, and what is made of it.
type Provider struct {
	Name string
	// Aliases are other names that people know it by.
	Aliases []string
	// Title is the name in prose, such as Amazon S3.
	Title string
	// Example is the example of the help text: commands, each below a comment.
	Example string
	// URIs are the forms of modelUri that the Secrets are for; none where the
	// name of the remote decides.
	URIs []string
	// Fields are all values that a variant asks for.
	Fields []Field
	// Variants are the forms of the Secret; the first is the default.
	Variants []Variant
	// Imports are the files of other programs that values can be taken from.
	Imports []Import
	// Unread are fields that no variant has a use for, and that change what the
	// others are: a session token goes with temporary keys.
	Unread []Field
	// Successor is what of rclone takes the place of the provider.
	Successor Choice
	// Remotes are the usual names of rclone remotes, the default first; none if
	// the Secrets configure no remote.
	Remotes []Remote
}

// Import is a file of another program that has credentials in it.
type Import int

// The files are those of the AWS tools, the JSON that the Azure CLI prints for a
// service principal, rclone's own configuration, and the manifest of a Secret for
// the kfserving storage initializer.
const (
	AWSProfile Import = iota + 1
	ServicePrincipal
	RcloneConf
	OldSecret
)

// Field is one value that a Secret is made of.
type Field struct {
	// Name is that of the flag, without dashes.
	Name string
	// Variables are environment variables that hold the value, the best first.
	Variables []string
	// Option is the option of an rclone remote that holds the value. The variable
	// RCLONE_CONFIG_<REMOTE>_<OPTION> is then better than all Variables.
	Option string
	// Usage is what the value is, for help texts.
	Usage string
	// Default says what is taken when the value is not given; it is for people,
	// the code of the variant does it.
	Default string
	// Sensitive says that the value must not be seen.
	Sensitive bool
	// File says that the value is the content of a file. Variables then have the
	// path of that file.
	File bool
	// Public says that the value goes on the ServiceAccount, and not into the
	// Secret.
	Public bool
	// check returns what is wrong with a value, or nothing. It must not quote it.
	check func(value string) string
}

// Variant is one form of a provider's Secret.
type Variant struct {
	// Type, Form and Auth are the choices that lead here. They are empty where
	// the provider offers no such choice.
	Type, Form, Auth string
	// Summary says what the variant is for.
	Summary string
	// Reader is the storage initializer that understands the Secret.
	Reader release.Initializer
	// Required and Optional are names of fields, in the order they are asked for.
	Required, Optional []string
	// ServiceAccount says that one may be written with the Secret.
	ServiceAccount bool
	// Annotations says that annotations of the Secret describe the server.
	Annotations bool
	build       func(*draft)
}

// Providers returns all providers, in the order of the documentation.
func Providers() []*Provider {
	return []*Provider{aws(), minio(), azure(), gcp(), rclone()}
}

// Lookup returns the provider with a name or alias. The error lists the names,
// and does not repeat the one that was given: it may be a secret.
func Lookup(name string) (*Provider, error) {
	const typing = 2
	near := ""
	for _, p := range Providers() {
		for _, known := range append([]string{p.Name}, p.Aliases...) {
			if known == name {
				return p, nil
			}
			if spelling.Near(name, known, min(typing, len(known)-1)) {
				near = known
			}
		}
	}
	if near != "" {
		return nil, fmt.Errorf("unknown provider; did you mean %s?", near)
	}
	return nil, fmt.Errorf("unknown provider; expected %s", spelling.Alternatives(providerNames()))
}

func providerNames() []string {
	var names []string
	for _, p := range Providers() {
		names = append(names, p.Name)
	}
	return names
}

// ProvidersFor returns the names of the providers whose Secrets an initializer
// reads.
func ProvidersFor(i release.Initializer) []string {
	var names []string
	for _, p := range Providers() {
		if slices.ContainsFunc(p.Variants, func(v Variant) bool { return v.Reader == i }) {
			names = append(names, p.Name)
		}
	}
	return names
}

// commandsFor are the commands that make Secrets for an initializer.
func commandsFor(i release.Initializer) string {
	names := ProvidersFor(i)
	names[0] = "`seldonctl secret " + names[0] + "`"
	return spelling.Alternatives(names)
}

// CanImport reports whether values can be taken from a file.
func (p *Provider) CanImport(i Import) bool { return slices.Contains(p.Imports, i) }

// Field returns the field with a name.
func (p *Provider) Field(name string) (Field, bool) {
	for _, f := range p.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// Choice picks a variant. Empty texts leave the choice to the provider.
type Choice struct {
	Type, Form, Auth string
}

// Types returns the words that Choice.Type takes; none if there is no choice.
func (p *Provider) Types() []string {
	return p.distinct(func(v *Variant) string { return v.Type })
}

// Forms returns the words that Choice.Form takes; none if there is no choice.
func (p *Provider) Forms() []string {
	return p.distinct(func(v *Variant) string { return v.Form })
}

// Auths returns the words that Choice.Auth takes.
func (p *Provider) Auths() []string {
	return p.distinct(func(v *Variant) string { return v.Auth })
}

func (p *Provider) distinct(of func(*Variant) string) []string {
	var words []string
	for i := range p.Variants {
		if w := of(&p.Variants[i]); w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}

// Variant returns the first variant that fits a choice. The error says which
// words there are instead.
func (p *Provider) Variant(c Choice) (*Variant, error) {
	left := make([]*Variant, 0, len(p.Variants))
	for i := range p.Variants {
		left = append(left, &p.Variants[i])
	}
	for _, step := range []struct {
		name, given string
		of          func(*Variant) string
	}{
		{"type", c.Type, func(v *Variant) string { return v.Type }},
		{"form", c.Form, func(v *Variant) string { return v.Form }},
		{"auth", c.Auth, func(v *Variant) string { return v.Auth }},
	} {
		if step.given == "" {
			continue
		}
		fits := slices.DeleteFunc(slices.Clone(left), func(v *Variant) bool { return step.of(v) != step.given })
		if len(fits) == 0 {
			return nil, p.noVariant(step.name, step.given, c, left, step.of)
		}
		left = fits
	}
	return left[0], nil
}

func (p *Provider) noVariant(choice, given string, c Choice, left []*Variant, of func(*Variant) string) error {
	var words []string
	for _, v := range left {
		if w := of(v); w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return fmt.Errorf("%s takes no %s", p.Name, choice)
	}
	name := p.Name
	if choice != "type" && c.Type != "" {
		name += " of type " + c.Type
	}
	err := fmt.Errorf("unknown %s for %s; expected %s", choice, name, spelling.Alternatives(words))
	for _, other := range Providers() {
		reader := p.Variants[0].Reader
		if choice == "auth" && other.Variants[0].Reader != reader && slices.Contains(other.Auths(), c.Auth) {
			return fmt.Errorf("%w, or `seldonctl secret %s`: %s cannot do it", err, other.Name, reader)
		}
	}
	return fmt.Errorf("%w%s", err, spelling.Meant(given, words))
}

// VariantTaking returns the first variant that fits a choice and takes a field,
// or nil.
func (p *Provider) VariantTaking(c Choice, field string) *Variant {
	for i := range p.Variants {
		v := &p.Variants[i]
		if v.fits(c) && (slices.Contains(v.Required, field) || slices.Contains(v.Optional, field)) {
			return v
		}
	}
	return nil
}

func (v *Variant) fits(c Choice) bool {
	fits := func(given, own string) bool { return given == "" || given == own }
	return fits(c.Type, v.Type) && fits(c.Form, v.Form) && fits(c.Auth, v.Auth)
}

// VariablesFor returns the environment variables that hold the field, the best first.
// The remote is that of an rclone Secret, else empty.
func (f *Field) VariablesFor(remote string) []string {
	if f.Option == "" {
		return f.Variables
	}
	return append([]string{remoteVariable(remote, f.Option)}, f.Variables...)
}

// series joins words for a sentence: a, b and c.
func series(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
