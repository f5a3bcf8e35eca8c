package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/secrets"
	"github.com/seldonctl/seldonctl/values"
)

// newSecretCommand returns the command with a subcommand for the provider that
// the arguments begin with, or for each.
func newSecretCommand(streams Streams, env Environment, args []string) *cobra.Command {
	cmd := &cobra.Command{
		Use:        "secret",
		SuggestFor: []string{"credentials", "create"},
		Short:      "Make the Secret that a storage initializer fetches models with",
		Long: `Secret makes the Secret, and where it takes one the ServiceAccount, that a
storage initializer fetches models with:
` + secretReaders() + `
Where a value comes from, the first that has it:
  1. its flag, or the file that its flag with -file names (- for standard input)
  2. --from-env: the environment of this process
  3. --from-env-file: a file of NAME=VALUE lines
  4. --profile, --from-sp-file, --from-rclone-conf: files of other programs
  5. a hidden prompt for secrets, at a terminal
  6. the default

Secrets go nowhere but into the Secret that is written.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return cmd.Help()
			}
			_, err := secrets.Lookup(args[0])
			return &usageError{err}
		},
	}
	cmd.SetFlagErrorFunc(secretFlagError)
	var all []constructor
	for _, p := range secrets.Providers() {
		all = append(all, constructor{p.Name, func() *cobra.Command { return newSecretProviderCommand(p, streams, env) }})
	}
	addCommands(cmd, all, args)
	return cmd
}

// secretFlagError keeps values out of messages about flags, which pflag quotes:
// any of them may be a secret.
func secretFlagError(cmd *cobra.Command, err error) error {
	if wrong, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		f := wrong.GetFlag()
		if c, ok := f.Value.(*choice); ok {
			return &usageError{c.fault(f, wrong.GetValue(), "")}
		}
		return usageErrorf("--%s does not take this value", f.Name)
	}
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok && unknown.GetSpecifiedShortnames() != "" {
		return usageErrorf("unknown flag; long names of flags begin with two dashes")
	}
	if _, ok := errors.AsType[*pflag.InvalidSyntaxError](err); ok {
		return usageErrorf("a flag has no name; write --NAME VALUE or --NAME=VALUE")
	}
	return flagError(cmd, err)
}

// secretOptions are the options of seldonctl secret PROVIDER.
type secretOptions struct {
	streams  Streams
	env      Environment
	provider *secrets.Provider

	request secrets.Request
	sources secretSources
	meta    secretMetadata
	outside externalFlags
	format  string
	output  string
	// oldFormat is --output-format, as --format was called before.
	oldFormat string

	settings settingsFlags
	report   reportFlags
}

func newSecretProviderCommand(p *secrets.Provider, streams Streams, env Environment) *cobra.Command {
	o := &secretOptions{streams: streams, env: env, provider: p}
	cmd := &cobra.Command{
		Use:     p.Name + " NAME",
		Aliases: p.Aliases,
		Short:   "Make a Secret for " + p.Title,
		Long:    secretHelp(p),
		Example: p.Example,
		Args:    secretName,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.request.Name = args[0]
			return o.run(cmd.Context())
		},
	}
	o.addFlags(cmd)
	cmd.SetHelpFunc(func(cmd *cobra.Command, _ []string) { printBriefSecretHelp(cmd, p) })
	return cmd
}

// secretName wants one argument. It quotes none, as any of them may be a secret.
func secretName(cmd *cobra.Command, args []string) error {
	switch len(args) {
	case 1:
		return nil
	case 0:
		return fmt.Errorf("expected one argument, the Secret's name: %s NAME", cmd.CommandPath())
	}
	return fmt.Errorf("expected one argument, the Secret's name; got %d (values are given with flags)", len(args))
}

func (o *secretOptions) run(ctx context.Context) error {
	report, err := o.report.newReport(o.streams, o.env)
	if err != nil {
		return err
	}
	// What to do with the Secret is for people; in a pipe all is said when it is there.
	report.notes = report.notes || !o.report.quiet && isTerminal(o.streams.Err)
	if err := o.validate(); err != nil {
		return err
	}
	result, err := o.build(ctx, report)
	if err != nil {
		return report.print(err)
	}
	if report.failed {
		return report.print(errReported)
	}
	if !report.mayWrite(o.output) {
		return report.print(errReported)
	}
	return report.print(o.write(result))
}

// build makes the Secret from what the flags say.
func (o *secretOptions) build(ctx context.Context, report *report) (*secrets.Result, error) {
	config, err := o.settings.load(o.streams, report)
	if err != nil {
		return nil, err
	}
	o.request.Keys = run.KeyNames(config.Values)
	found, err := o.gather(ctx)
	if err != nil {
		return nil, err
	}
	report.add(found)
	if report.failed {
		return nil, errReported
	}
	result := o.provider.Build(o.request)
	for i := range result.Findings {
		if f := &result.Findings[i]; f.Code == finding.CredentialMissing {
			f.Hint = o.howToGive(result.Missing)
		}
	}
	report.add(result.Findings)
	report.add(secrets.Misspelt(o.sources.envFile, o.sources.fromFile, result.Missing, o.provider.RemoteName(&o.request)))
	if result.Secret != nil {
		report.add(finding.List{result.Note()})
		report.add(o.checkReader(&result, config))
	}
	return &result, nil
}

// checkReader warns when the flags name a release or an initializer that reads
// other Secrets. Without such flags the note has to do.
func (o *secretOptions) checkReader(result *secrets.Result, c run.Config) finding.List {
	if image, ok := c.Values.Section("storageInitializer.image"); ok && c.Values.Origin("storageInitializer.image").Source != values.Default {
		text, _ := image.(string)
		if used, known := release.InitializerOf(text); known {
			return result.CheckReader(used)
		}
		return nil
	}
	if o.settings.SeldonVersion == "" && len(o.settings.Operator) == 0 {
		return nil
	}
	return result.CheckStorage(c.Release.Storage)
}
