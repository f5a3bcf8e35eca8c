package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/secrets"
)

// secretMetadata are flags that take key=value.
type secretMetadata struct {
	labels, annotations []string
}

func (o *secretOptions) addFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	o.sources.add(cmd, o.provider)
	if cmd.Flags().Lookup("profile") != nil {
		completeFlagLater(cmd, "profile", func() []string { return o.awsProfiles(cmd) })
	}
	r := &o.request
	o.addChoices(cmd)
	o.outside.add(cmd)
	flags.StringVar(&r.URI, "for-uri", "", "modelUri that the Secret must fit")
	flags.StringVarP(&r.Namespace, "namespace", "n", "", "namespace of the objects (default: none, the one they are applied to)")
	flags.StringArrayVar(&o.meta.labels, "label", nil, "label of the objects, KEY=VALUE; repeatable")
	flags.StringArrayVar(&o.meta.annotations, "annotation", nil, "annotation of the objects, KEY=VALUE; repeatable")
	flags.BoolVar(&r.StringData, "string-data", false, "write the values as they are, as stringData, instead of in base64")
	flags.BoolVar(&r.Immutable, "immutable", false, "make the Secret immutable")
	addChoice(cmd, &o.format, "format", "o", "yaml", "output format: yaml or json", "yaml", "json").older = o.provider.Forms()
	addChoice(cmd, &o.oldFormat, "output-format", "", "", "output format", "yaml", "json")
	flags.Lookup("output-format").Hidden = true
	flags.StringVar(&o.output, "output", "", "write to this file, which only its owner can read, instead of standard output")
	o.settings.add(cmd, o.env)
	o.report.add(cmd)
}

// addChoices adds the flags that choose between the variants of a provider.
func (o *secretOptions) addChoices(cmd *cobra.Command) {
	flags, r, p := cmd.Flags(), &o.request, o.provider
	for _, c := range []struct {
		name, usage string
		to          *string
		words       []string
	}{
		{"type", "kind of storage", &r.Type, p.Types()},
		{"form", "form of the Secret", &r.Form, p.Forms()},
		{"auth", "how the initializer authenticates", &r.Auth, p.Auths()},
	} {
		if len(c.words) == 0 {
			continue
		}
		flags.StringVar(c.to, c.name, "", fmt.Sprintf("%s: %s (default %s)", c.usage, strings.Join(c.words, ", "), c.words[0]))
		completeFlag(cmd, c.name, c.words...)
	}
	if len(p.Remotes) > 0 {
		flags.StringVar(&r.Remote, "remote", "", "name of the rclone remote, which is the scheme of the modelUri (default that of --for-uri, else s3, gs or azureblob)")
	}
	if slices.ContainsFunc(p.Variants, func(v secrets.Variant) bool { return v.Annotations }) {
		flags.StringVar(&r.AnnotationPrefix, "annotation-prefix", secrets.AnnotationPrefix,
			"prefix of the annotations that describe the server, or "+secrets.AnnotationPrefixKubeflow)
		completeFlag(cmd, "annotation-prefix", secrets.AnnotationPrefix, secrets.AnnotationPrefixKubeflow)
	}
	if slices.ContainsFunc(p.Variants, func(v secrets.Variant) bool { return v.ServiceAccount }) {
		flags.StringVar(&r.ServiceAccount, "service-account", "", "name of the ServiceAccount, if one is written (default that of the Secret)")
	}
}

// validate checks what can be checked before anything is read.
func (o *secretOptions) validate() error {
	o.takeOldFlags()
	switch {
	case o.output == "yaml" || o.output == "json":
		return usageErrorf("--output names a file; the format is -o %s", o.output)
	case o.sources.section != "" && o.sources.rcloneConf == "":
		return usageErrorf("--section requires --from-rclone-conf")
	case o.sources.rcloneConf != "" && (o.request.Type != "" || o.request.Auth != ""):
		return usageErrorf("--from-rclone-conf has the type and the keys; leave out --type and --auth")
	}
	var err error
	if o.request.Labels, err = secretPairs("label", o.meta.labels); err != nil {
		return err
	}
	if o.request.Annotations, err = secretPairs("annotation", o.meta.annotations); err != nil {
		return err
	}
	if err := o.sources.validate(o.settings.ValuesFiles, o.settings.Operator); err != nil {
		return err
	}
	if o.request.External, err = o.outside.external(&o.sources, o.provider); err != nil {
		return err
	}
	o.inferChoice()
	if o.sources.rcloneConf != "" {
		return nil
	}
	if _, err := o.provider.VariantFor(&o.request); err != nil {
		return &usageError{err}
	}
	return nil
}

// takeOldFlags takes the flags of old for what they are called now. Cobra would say
// so on standard output.
func (o *secretOptions) takeOldFlags() {
	if o.oldFormat != "" {
		fmt.Fprintln(o.streams.Err, "Flag --output-format has been deprecated, use --format or -o")
		o.format = o.oldFormat
	}
	if slices.Contains(o.provider.Forms(), o.format) {
		fmt.Fprintf(o.streams.Err, "Flag --format %[1]s has been deprecated, use --form %[1]s: --format is that of the output\n", o.format)
		o.request.Form, o.format = o.format, "yaml"
	}
}

// inferChoice takes a service principal's file for the wish to use it.
func (o *secretOptions) inferChoice() {
	if o.sources.spFile == "" || o.request.Auth != "" {
		return
	}
	if v := o.provider.VariantTaking(o.request.Choice, "client-secret"); v != nil {
		o.request.Type, o.request.Auth = v.Type, v.Auth
	}
}

// secretPairs reads flags of KEY=VALUE.
func secretPairs(flag string, given []string) (map[string]string, error) {
	out := make(map[string]string, len(given))
	for _, pair := range given {
		key, value, ok := strings.Cut(pair, "=")
		if _, twice := out[key]; !ok || key == "" || twice {
			return nil, usageErrorf("--%s takes KEY=VALUE, each key once", flag)
		}
		out[key] = value
	}
	return out, nil
}
