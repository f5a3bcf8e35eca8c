package cli

import (
	"bytes"
	"io"

	"github.com/spf13/cobra"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/values"
)

// valuesOptions are the options of seldonctl values.
type valuesOptions struct {
	streams  Streams
	env      Environment
	settings settingsFlags
	report   reportFlags
	origins  bool
	format   string
}

func newValuesCommand(streams Streams, env Environment) *cobra.Command {
	o := &valuesOptions{streams: streams, env: env}
	cmd := &cobra.Command{
		Use:   "values",
		Short: "Print the values that a render would use",
		Long: `Values prints the values in effect: the release's defaults with everything over
them that the flags name, as a values file.`,
		Example: `  # What a render with this file would use, and where each value comes from
  seldonctl values --values values.yaml --show-origins

  # A values file for what a running operator has been told
  kubectl get -n seldon-system -o yaml configmap/seldon-config \
    deployment/seldon-controller-manager > operator.yaml
  seldonctl values --operator operator.yaml`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return o.run() },
	}
	o.settings.add(cmd, env)
	o.report.add(cmd)
	cmd.Flags().BoolVar(&o.origins, "show-origins", false, "show after each value where it comes from")
	addChoice(cmd, &o.format, "format", "o", "yaml", "output format: yaml or json", "yaml", "json")
	return cmd
}

func (o *valuesOptions) run() error {
	if o.format == "json" && o.origins {
		return usageErrorf("--show-origins writes comments, which JSON does not have")
	}
	report, err := o.report.newReport(o.streams, o.env)
	if err != nil {
		return err
	}
	config, err := o.settings.load(o.streams, report)
	if err != nil {
		return err
	}
	if report.failed {
		return report.print(errReported)
	}
	if err := report.print(nil); err != nil {
		return err
	}
	if o.format == "json" {
		return writeValuesJSON(o.streams.Out, config.Values)
	}
	return config.Values.WriteYAML(o.streams.Out, values.WriteOptions{Origins: o.origins})
}

func writeValuesJSON(w io.Writer, v *values.Values) error {
	var text bytes.Buffer
	if err := v.WriteYAML(&text, values.WriteOptions{}); err != nil {
		return err
	}
	var content any
	if err := yaml.Unmarshal(text.Bytes(), &content); err != nil {
		return err
	}
	return printable.JSON(w, content)
}
