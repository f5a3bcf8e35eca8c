package cli

import (
	"context"
	"errors"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/graph"
	"github.com/seldonctl/seldonctl/internal/run"
)

// graphOptions are the options of seldonctl graph.
type graphOptions struct {
	runFlags

	format    string
	level     string
	merged    bool
	outputDir string
}

func newGraphCommand(streams Streams, env Environment) *cobra.Command {
	o := &graphOptions{runFlags: runFlags{streams: streams, env: env}}
	cmd := &cobra.Command{
		Use:        "graph [FILE]...",
		SuggestFor: []string{"draw", "show"},
		Short:      "Draw inference graphs and what they are rendered to",
		Long: `Graph draws each SeldonDeployment of the input: the inference graph, with
--level pods the Deployments, containers and images that it becomes, and with
--level network the Services and routes that lead there.

Mermaid is drawn by GitHub and GitLab in Markdown, dot by Graphviz; an SVG file
needs nothing.`,
		Example: `  # A tree for the terminal
  seldonctl graph -f model.yaml

  # A picture for a README
  seldonctl graph -f model.yaml --level graph -o svg > graph.svg

  # A file for each model
  seldonctl graph -f models/ -R -o svg --output-dir pictures/`,
		RunE: func(cmd *cobra.Command, _ []string) error { return o.run(cmd.Context()) },
	}
	o.runFlags.add(cmd)
	flags := cmd.Flags()
	addChoice(cmd, &o.format, "format", "o", "text", "format: text, mermaid, dot or svg", graph.Formats()...)
	addChoice(cmd, &o.level, "level", "", "network", "what to draw: graph, pods or network", graph.Levels()...)
	flags.BoolVar(&o.merged, "merged", false, "draw all SeldonDeployments in one picture")
	flags.StringVar(&o.outputDir, "output-dir", "", "write a file for each SeldonDeployment into this folder, NAMESPACE_NAME with the ending of the format")
	return cmd
}

func (o *graphOptions) run(ctx context.Context) (err error) {
	level, err := graph.ParseLevel(o.level)
	if err != nil {
		return usageErrorf("--level: %w", err)
	}
	extension, err := graph.Extension(o.format)
	if err != nil {
		return usageErrorf("%w", err)
	}
	if o.merged && o.outputDir != "" {
		return usageErrorf("--merged and --output-dir cannot be used together")
	}
	report, err := o.newFaultReport()
	if err != nil {
		return err
	}
	r, in, err := o.prepare(ctx, report, nil)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	var graphs []*graph.Graph
	err = follow(ctx, r, report, graphOf, func(_ *run.Outcome, g *graph.Graph) error {
		if g != nil {
			graphs = append(graphs, g)
		}
		return nil
	})
	switch {
	case err == nil && report.failed:
		err = errReported
	case err == nil && len(graphs) == 0:
		err = usageErrorf("no SeldonDeployment in the input")
	case err == nil && len(graphs) > 1 && o.format != "text" && !o.merged && o.outputDir == "":
		err = usageErrorf("%d SeldonDeployments make %d pictures: combine them with --merged, or write files with --output-dir", len(graphs), len(graphs))
	}
	if err := report.print(err); err != nil {
		return err
	}
	if o.outputDir == "" {
		return graph.Write(o.streams.Out, o.format, level, graphs...)
	}
	for _, g := range graphs {
		name := filepath.Join(o.outputDir, g.FileName()+"."+extension)
		err := writeFile(name, false, func(w io.Writer) error { return graph.Write(w, o.format, level, g) })
		if err != nil {
			return err
		}
	}
	return nil
}

// graphOf returns the graph of a SeldonDeployment, nil for any other document.
func graphOf(o *run.Outcome) *graph.Graph {
	if !o.Rendered() || o.Findings.HasErrors() {
		return nil
	}
	g, err := graph.New(o.Deployment, o.Objects)
	o.Fail(finding.CannotEncode, err)
	return g
}
