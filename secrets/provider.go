package secrets

import (
	"fmt"
	"slices"
	"strings"
)

// Provider is a kind of credentials: what is asked for, and what is made of it.
type Provider struct {
	Name string
	// Aliases are other names that people know it by.
	Aliases []string
	// Title is the name in prose, such as Amazon S3.
	Title string
	// Fields are all values that a variant asks for.
	Fields []Field
	// Variants are the forms of the Secret; the first is the default.
	Variants []Variant
}

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
	// check returns what is wrong with a value, or nothing. It must not quote it.
	check func(value string) string
}

// Variant is one form of a provider's Secret.
type Variant struct {
	// Type, Format and Auth are the choices that lead here. They are empty where
	// the provider offers no such choice.
	Type, Format, Auth string
	// Summary says what the variant is for.
	Summary string
	// Reader is the storage initializer that understands the Secret.
	Reader Initializer
	// Required and Optional are names of fields, in the order they are asked for.
	Required, Optional []string
	build              func(*draft)
}

// Providers returns all providers, in the order of the documentation.
func Providers() []*Provider {
	return []*Provider{aws(), minio(), azure(), gcp(), rclone()}
}

// Lookup returns the provider with a name or alias. The error lists the names.
func Lookup(name string) (*Provider, error) {
	var names []string
	for _, p := range Providers() {
		if p.Name == name || slices.Contains(p.Aliases, name) {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return nil, fmt.Errorf("there is no provider %q; use %s", name, alternatives(names))
}

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
	Type, Format, Auth string
}

// Types returns the words that Choice.Type takes; none if there is no choice.
func (p *Provider) Types() []string {
	return p.words(func(v *Variant) string { return v.Type })
}

// Formats returns the words that Choice.Format takes; none if there is no choice.
func (p *Provider) Formats() []string {
	return p.words(func(v *Variant) string { return v.Format })
}

// Auths returns the words that Choice.Auth takes.
func (p *Provider) Auths() []string {
	return p.words(func(v *Variant) string { return v.Auth })
}

func (p *Provider) words(of func(*Variant) string) []string {
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
		{"format", c.Format, func(v *Variant) string { return v.Format }},
		{"auth", c.Auth, func(v *Variant) string { return v.Auth }},
	} {
		if step.given == "" {
			continue
		}
		fits := slices.DeleteFunc(slices.Clone(left), func(v *Variant) bool { return step.of(v) != step.given })
		if len(fits) == 0 {
			return nil, p.noVariant(step.name, step.given, left, step.of)
		}
		left = fits
	}
	return left[0], nil
}

func (p *Provider) noVariant(choice, given string, left []*Variant, of func(*Variant) string) error {
	var words []string
	for _, v := range left {
		if w := of(v); w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return fmt.Errorf("%s has no choice of %s", p.Name, choice)
	}
	err := fmt.Errorf("%s has no %s %q here; use %s", p.Name, choice, given, alternatives(words))
	if choice == "auth" && p.Name != rcloneName && slices.Contains(rclone().Auths(), given) {
		return fmt.Errorf("%w, or `seldonctl secret rclone`: %s cannot do it", err, KFServing)
	}
	return err
}

// VariablesFor returns the environment variables that hold the field, the best first.
// The remote is that of an rclone Secret, else empty.
func (f *Field) VariablesFor(remote string) []string {
	if f.Option == "" {
		return f.Variables
	}
	return append([]string{remoteVariable(remote, f.Option)}, f.Variables...)
}

// alternatives joins words for a sentence: a, b or c.
func alternatives(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
