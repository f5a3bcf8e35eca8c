package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/migrate"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/release"
)

// migrateOptions are the options of seldonctl migrate.
type migrateOptions struct {
	streams Streams
	env     Environment

	input    inputFlags
	settings settingsFlags
	report   reportFlags

	to        string
	outputDir string
	inPlace   bool
}

func newMigrateCommand(streams Streams, env Environment) *cobra.Command {
	o := &migrateOptions{streams: streams, env: env}
	cmd := &cobra.Command{
		Use:        "migrate --to-release RELEASE [FILE]...",
		SuggestFor: []string{"upgrade"},
		Short:      "Move models and Secrets from kfserving's initializer to rclone",
		Long: `Migrate prepares SeldonDeployments for a release whose storage initializer is
rclone, that is 1.8 or later. For every graph node and explainer with a modelUri
it makes a new Secret from the one that the model is fetched with now, named in
envSecretRefName, a value or a ServiceAccount, and names it in envSecretRefName.
Addresses of Azure become azureblob:CONTAINER/PATH.

The output is the input with these changes; comments, order and quotes stay. New
Secrets stand at the end of the file with the old one, and are called like it
with -rclone behind. Old Secrets stay, because running pods need them. Notes say
what was done, warnings what has no equivalent. Migrating again changes nothing.

Values are not edited. For a Secret that they declare a warning has the entry to
declare beside it; once it is there, models name it.

Nothing is written if a file cannot be read or edited.`,
		Example: `  # Into another folder
  seldonctl migrate --to-release 1.18.2 -f models/ -f secrets.yaml \
    --output-dir out/

  # In place, with the values of the new release
  seldonctl migrate --to-release 1.18.2 -f models/ -R --values values.yaml \
    --in-place

  # Only look at what would change
  seldonctl migrate --to-release 1.18.2 -f model.yaml -f secrets.yaml |
    diff model.yaml -`,
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	flags := cmd.Flags()
	cmd.Args = o.input.takeArguments
	o.input.add(cmd)
	o.settings.addOptions(cmd, finding.OptionNamespace)
	flags.StringVar(&o.to, "to-release", "", "release to migrate to, e.g. 1.18.2 (required)")
	flags.StringVar(&o.outputDir, "output-dir", "", "write the files into this folder, under their names, instead of to standard output; none may exist")
	flags.BoolVar(&o.inPlace, "in-place", false, "change the files themselves")
	o.settings.addValues(cmd)
	o.report.add(cmd)
	completeFlagLater(cmd, "to-release", release.Names)
	return cmd
}

func (o *migrateOptions) run(ctx context.Context) (err error) {
	report, err := o.report.newReport(o.streams, o.env)
	if err != nil {
		return err
	}
	report.notes = !o.report.quiet
	if err := o.validate(); err != nil {
		return err
	}
	o.settings.SeldonVersion = o.to
	config, err := o.settings.load(o.streams, report)
	switch {
	case err != nil:
		return err
	case config.Release.Storage.Flavour != release.RcloneInitializer:
		return usageErrorf("--to-release %s: its storage initializer is not rclone; name 1.8 or later", config.Release.Version)
	}
	in, err := o.input.open(o.streams)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	result, err := migrate.Run(ctx, in, migrate.Config{Release: config.Release, Values: config.Values, Namespace: config.Namespace, Keys: run.KeyNames(config.Values)})
	if err != nil {
		return report.print(err)
	}
	report.add(result.Findings)
	if report.failed {
		return report.print(errReported)
	}
	return report.print(o.write(report, result.Files))
}

func (o *migrateOptions) validate() error {
	switch {
	case o.to == "":
		return usageErrorf("--to-release is required, e.g. --to-release 1.18.2")
	case o.inPlace && o.outputDir != "":
		return usageErrorf("--in-place and --output-dir cannot be used together")
	case o.inPlace && o.input.readsStdin():
		return usageErrorf("--in-place needs files, not standard input")
	case o.input.readsStdin() && o.settings.stdinUses() > 0:
		return usageErrorf("standard input (-) can be used only once")
	}
	return nil
}

// write writes the files. Those with Secrets come first, so that no model names
// one that was not written.
func (o *migrateOptions) write(report *report, files []migrate.File) error {
	slices.SortStableFunc(files, func(a, b migrate.File) int {
		switch {
		case a.Secret == b.Secret || !o.inPlace:
			return 0
		case a.Secret:
			return -1
		}
		return 1
	})
	switch {
	case o.inPlace:
		files = slices.DeleteFunc(files, func(f migrate.File) bool { return !f.Changed })
	case o.outputDir == "":
		return o.print(files)
	default:
		if err := o.below(files); err != nil {
			return err
		}
	}
	for _, f := range files {
		if !report.mayWrite(f.Name) {
			return errReported
		}
	}
	for _, f := range files {
		if !o.inPlace {
			if err := os.MkdirAll(filepath.Dir(f.Name), 0o777); err != nil {
				return err
			}
		}
		err := writeFile(f.Name, f.Secret && !o.inPlace, func(w io.Writer) error {
			_, err := w.Write(f.Text)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// below gives the files their names in the folder.
func (o *migrateOptions) below(files []migrate.File) error {
	taken := map[string]string{}
	for i, f := range files {
		name := f.Name
		switch {
		case name == "-":
			name = "stdin.yaml"
		case !filepath.IsLocal(name):
			name = filepath.Base(name)
		}
		path := filepath.Join(o.outputDir, name)
		if other, ok := taken[path]; ok {
			return fmt.Errorf("%s and %s would both be written to %s", other, f.Name, path)
		}
		if _, err := o.streams.files.Stat(path); err == nil {
			return fmt.Errorf("%s already exists; choose another folder with --output-dir", path)
		}
		taken[path] = f.Name
		files[i].Name = path
	}
	return nil
}

// print writes all files as one stream of documents.
func (o *migrateOptions) print(files []migrate.File) error {
	for i, f := range files {
		text := f.Text
		if i > 0 {
			text = append([]byte("---\n"), text...)
		}
		if n := len(text); n > 0 && text[n-1] != '\n' {
			text = append(slices.Clip(text), '\n')
		}
		if _, err := o.streams.Out.Write(text); err != nil {
			return err
		}
	}
	return nil
}
