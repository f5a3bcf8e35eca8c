package cli

import (
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/images"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/manifest"
)

// imagesOptions are the options of seldonctl images.
type imagesOptions struct {
	runFlags

	format string
}

func newImagesCommand(streams Streams, env Environment) *cobra.Command {
	o := &imagesOptions{runFlags: runFlags{streams: streams, env: env}}
	cmd := &cobra.Command{
		Use:        "images [FILE]...",
		SuggestFor: []string{"image"},
		Short:      "List the images that rendered manifests use",
		Long: `Images lists every image that the output of render would use, with what names it
- a field of the SeldonDeployment, a value, the release - and what uses it.
Documents that are passed through count too.

With --mirror and --image-lock the names are those that render writes with the
same flags. -o lock writes the images as a file for --image-lock, with the
digests of the file that --image-lock names, and empty ones for a tool to fill
in.`,
		Example: `  # What a cluster without internet access needs
  seldonctl images -f models/ -R --values values.yaml

  # Copy everything to a registry of your own
  seldonctl images -f models/ -R -o lines |
    xargs -I{} skopeo copy docker://{} docker://registry.example.org/{}

  # Pin images to digests
  seldonctl images -f models/ -R -o lock > lock.yaml`,
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	o.runFlags.add(cmd)
	o.settings.addOptions(cmd, "mirrors", "imageLock")
	addChoice(cmd, &o.format, "format", "o", "table", "format: table, lines (one image a line), json or lock", "table", "lines", "json", "lock")
	return cmd
}

func (o *imagesOptions) run(ctx context.Context) (err error) {
	report, err := o.newFaultReport()
	if err != nil {
		return err
	}
	// Images are looked for under the names that they are known by.
	var rewriter images.Rewriter
	r, in, err := o.prepare(ctx, report, func(c *run.Config) { rewriter, c.Images = c.Images, rewriter })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	var list images.List
	finder := images.NewFinder(r.Renderer())
	err = follow(ctx, r, report, func(o *run.Outcome) []images.Use {
		return usesOf(o, finder)
	}, func(_ *run.Outcome, uses []images.Use) error {
		list.Add(uses)
		return nil
	})
	if o.format != "lock" {
		report.add(list.Rewrite(rewriter))
	}
	if slices.Contains(list.Licenses(), "BSL-1.1") {
		report.add(finding.List{finding.New(finding.ImageLicense, nil, "images of Seldon Core %s are under the Business Source License 1.1", r.Release().Version)})
	}
	if err == nil && report.failed {
		err = errReported
	}
	if err := report.print(err); err != nil {
		return err
	}
	if o.format == "lock" {
		return rewriter.Lock.Write(o.streams.Out, list.Names())
	}
	return o.write(&list)
}

// usesOf returns the images of what a document becomes, and adds what is wrong
// with it to the findings.
func usesOf(o *run.Outcome, finder *images.Finder) []images.Use {
	switch {
	case o.Document == nil || o.LeftOut || o.Findings.HasErrors() || manifest.HoldsSecrets(o.Document.Kind):
		return nil
	case !o.Rendered():
		text, faults := o.Document.JSON()
		o.Findings = append(o.Findings, faults...)
		return images.OfDocument(text, o.Document.Object(), o.Document.Start())
	}
	uses, err := finder.Find(o.Deployment, o.Locator, o.Objects)
	o.Fail(finding.CannotEncode, err)
	return uses
}

func (o *imagesOptions) write(list *images.List) error {
	switch o.format {
	case "lines":
		return list.WriteLines(o.streams.Out)
	case "json":
		return list.WriteJSON(o.streams.Out)
	}
	return list.WriteTable(o.streams.Out)
}
