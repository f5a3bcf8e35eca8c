package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/secrets"
)

// gather fills the values of the request. The weakest sources come first, so
// that the stronger ones replace them.
func (o *secretOptions) gather(ctx context.Context) (finding.List, error) {
	o.request.Values = map[string]secrets.Sensitive{}
	findings, err := o.gatherSection()
	if err != nil || findings.HasErrors() {
		return findings, err
	}
	old, more, err := o.gatherOldSecret()
	if findings = append(findings, more...); err != nil || findings.HasErrors() {
		return findings, err
	}
	variant, err := o.provider.VariantFor(&o.request)
	if err != nil {
		return nil, &usageError{err}
	}
	o.take(variant, old)
	for _, source := range []func(*secrets.Variant) (finding.List, error){
		o.gatherProfile, o.gatherPrincipal, o.gatherEnvFile, o.gatherEnv, o.gatherFlags,
	} {
		found, failed := source(variant)
		findings, err = append(findings, found...), errors.Join(err, failed)
	}
	if err != nil || findings.HasErrors() {
		return findings, err
	}
	if o.request.External != nil {
		return findings, nil
	}
	return findings, o.promptMissing(ctx, variant)
}

// take keeps those values that the variant asks for.
func (o *secretOptions) take(v *secrets.Variant, values map[string]secrets.Sensitive) {
	for name, value := range values {
		if slices.Contains(v.Required, name) || slices.Contains(v.Optional, name) {
			o.request.Values[name] = value
		}
	}
}

func (o *secretOptions) gatherSection() (finding.List, error) {
	if o.sources.rcloneConf == "" {
		return nil, nil
	}
	f, err := o.flagFile("from-rclone-conf", o.sources.rcloneConf)
	if err != nil {
		return nil, err
	}
	section, findings := secrets.ReadRcloneSection(f, o.sources.section)
	o.request.Section = section
	return findings, nil
}

// gatherOldSecret reads a Secret for the other initializer, which tells the type
// and how to get in where nobody says otherwise.
func (o *secretOptions) gatherOldSecret() (map[string]secrets.Sensitive, finding.List, error) {
	if o.sources.oldSecret == "" {
		return nil, nil, nil
	}
	f, err := o.flagFile("from-secret", o.sources.oldSecret)
	if err != nil {
		return nil, nil, err
	}
	var object map[string]any
	if yaml.Unmarshal(f.Data, &object) != nil {
		// The parser's words may have a value in them.
		return nil, nil, errors.New("--from-secret: the file is not a single YAML document")
	}
	converted, findings := secrets.ConvertManifest(f.Name, object, o.request.Keys)
	o.request.Type = cmp.Or(o.request.Type, converted.Type)
	o.request.Auth = cmp.Or(o.request.Auth, converted.Auth)
	return converted.Values, findings, nil
}

func (o *secretOptions) gatherProfile(v *secrets.Variant) (finding.List, error) {
	if o.sources.profile == "" {
		return nil, nil
	}
	credentials, config, err := o.awsFiles()
	if err != nil {
		return nil, err
	}
	values, findings := secrets.ReadAWSProfile(credentials, config, o.sources.profile)
	o.take(v, values)
	return findings, nil
}

func (o *secretOptions) gatherPrincipal(v *secrets.Variant) (finding.List, error) {
	if o.sources.spFile == "" {
		return nil, nil
	}
	f, err := o.flagFile("from-sp-file", o.sources.spFile)
	if err != nil {
		return nil, err
	}
	values, findings := secrets.ReadServicePrincipal(f)
	o.take(v, values)
	return findings, nil
}

func (o *secretOptions) gatherEnvFile(v *secrets.Variant) (finding.List, error) {
	if o.sources.envFile == "" {
		return nil, nil
	}
	f, err := o.flagFile("from-env-file", o.sources.envFile)
	if err != nil {
		return nil, err
	}
	variables, findings := secrets.ReadEnvFile(f, o.credentialEnv())
	o.sources.fromFile = variables
	lookup := func(name string) (string, bool) {
		value, ok := variables[name]
		return value.Reveal(), ok
	}
	values, more := o.provider.FromVariables(v, o.provider.RemoteName(&o.request), lookup, o.secretFile)
	o.take(v, values)
	return slices.Concat(findings, more, o.provider.CheckUnread(lookup)), nil
}

// credentialEnv is the environment that values are taken from; nil where the run
// is confined.
func (o *secretOptions) credentialEnv() Environment {
	if o.streams.files.Confined() {
		return nil
	}
	return o.env
}

func (o *secretOptions) gatherEnv(v *secrets.Variant) (finding.List, error) {
	if !o.sources.fromEnv {
		return nil, nil
	}
	if o.streams.files.Confined() {
		return nil, usageErrorf("--from-env cannot be used in a confined run")
	}
	values, findings := o.provider.FromVariables(v, o.provider.RemoteName(&o.request), o.env, o.secretFile)
	o.take(v, values)
	return append(findings, o.provider.CheckUnread(o.env)...), nil
}

// gatherFlags takes all that flags give, of use or not: a flag that is of none
// is a mistake.
func (o *secretOptions) gatherFlags(*secrets.Variant) (finding.List, error) {
	var findings finding.List
	var faults []error
	for _, f := range o.provider.Fields {
		flag, name := f.Name, ""
		if to := o.sources.files[f.Name]; to != nil && *to != "" {
			name = *to
			if !f.File {
				flag += "-file"
			}
		}
		literal := o.sources.literals[f.Name]
		switch {
		case name != "" || (f.Sensitive && literal != nil && *literal == "-"):
			if name == "" {
				name = "-"
			}
			file, err := o.flagFile(flag, name)
			faults = append(faults, err)
			o.request.Values[f.Name] = secrets.OneLine(file.Data)
			if f.File {
				o.request.Values[f.Name] = secrets.Sensitive(file.Data)
			}
			if err == nil && o.request.Values[f.Name] == "" {
				faults = append(faults, fmt.Errorf("--%s: the file is empty", flag))
			}
		case literal != nil && *literal != "":
			o.request.Values[f.Name] = secrets.Sensitive(*literal)
			if f.Sensitive {
				findings = append(findings, secretOnArgs(f.Name))
			}
		}
	}
	return findings, errors.Join(faults...)
}

// isSet reports whether a variable has a value that nobody has asked for yet.
func (o *secretOptions) isSet(variable string) bool {
	if o.sources.fromEnv || o.streams.files.Confined() {
		return false
	}
	value, _ := o.env(variable)
	return value != ""
}

// howToGive says for each missing field what gives it.
func (o *secretOptions) howToGive(missing []secrets.Field) string {
	var out, set []string
	for _, f := range missing {
		flag := "--" + f.Name
		switch {
		case f.File:
			flag += " FILE"
		case f.Sensitive:
			flag += "-file FILE (- for standard input)"
		}
		how := flag
		if names := f.VariablesFor(o.provider.RemoteName(&o.request)); len(names) > 0 {
			how += " or $" + names[0]
			if i := slices.IndexFunc(names, o.isSet); i >= 0 {
				set = append(set, "$"+names[i])
			}
		}
		out = append(out, how)
	}
	if len(set) == len(missing) {
		return "add --from-env to use " + strings.Join(set, ", ")
	}
	sources := []string{"--from-env", "--from-env-file"}
	if o.provider.CanImport(secrets.ServicePrincipal) {
		sources = append(sources, "--from-sp-file")
	}
	if o.provider.CanImport(secrets.AWSProfile) {
		sources = append(sources, "--profile")
	}
	return "give " + strings.Join(out, ", ") + "; or see " + strings.Join(sources, ", ")
}
