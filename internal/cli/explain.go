package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/explain"
	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/graph"
	"github.com/seldonctl/seldonctl/internal/page"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/render"
)

// explainOptions are the options of seldonctl explain.
type explainOptions struct {
	runFlags

	format string
	list   string
}

func newExplainCommand(streams Streams, env Environment) *cobra.Command {
	o := &explainOptions{runFlags: runFlags{streams: streams, env: env}}
	cmd := &cobra.Command{
		Use:   "explain [-f FILE]... [KIND/NAME[:PATH] | CODE | KEY]",
		Short: "Say where each line of a rendered manifest comes from",
		Long: `Explain renders the input and says for every line which field of the
SeldonDeployment, which value or which rule of the operator it comes from, and
how to change it. What is said was tried: each field and each value was changed
in turn, and the line changed with it.

KIND/NAME is an object, PATH a field of it, with indices or names in brackets:
Service/iris-default-classifier:spec.ports[http].targetPort.
A path may leave out its beginning with dots: :...livenessProbe. The texts of
ENGINE_PREDICTOR and of Ambassador's annotation are opened.

CODE is that of a finding, such as SDC447, and KEY a key of the values, such as
storageInitializer.image, with its default in each release and, with -f, the
lines that it reaches.`,
		Example: `  # The manifest with the origin of each line
  seldonctl explain -f model.yaml --values values.yaml

  # One field with its whole story
  seldonctl explain -f model.yaml \
    Deployment/iris-default-0-classifier:...containers[classifier].image

  # What the orchestrator is told
  seldonctl explain -f model.yaml \
    Deployment/iris-default-0-classifier:...ENGINE_PREDICTOR

  # A page for a pull request
  seldonctl explain -f models/ -R --values values.yaml -o html > explained.html

  # A finding, and a value
  seldonctl explain SDC447
  seldonctl explain -f model.yaml storageInitializer.image`,
		Args: cobra.MaximumNArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return explainWords(), cobra.ShellCompDirectiveDefault
		},
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args) },
	}
	o.runFlags.add(cmd)
	addChoice(cmd, &o.format, "format", "o", "text", "format: text, yaml, json or html", "text", "yaml", "json", "html")
	addChoice(cmd, &o.list, "list", "", "", "list what can be explained: rules, codes or values", "rules", "codes", "values")
	return cmd
}

// isCode reports whether a word is the code of a finding.
func isCode(word string) bool {
	return regexp.MustCompile(`(?i)^SDC-?[0-9]+$`).MatchString(word)
}

func (o *explainOptions) run(ctx context.Context, args []string) error {
	subject := strings.Join(args, "")
	switch {
	case o.list != "":
		return o.writeList(subject)
	case isCode(subject):
		return o.writeFinding(subject)
	case subject != "" && !strings.Contains(subject, "/"):
		return o.explainValue(ctx, subject)
	}
	return o.explainObjects(ctx, subject)
}

// stories explains the SeldonDeployments of the input. It reports what keeps them
// from being rendered.
func (o *explainOptions) stories(ctx context.Context) (stories []story, err error) {
	report, err := o.newFaultReport()
	if err != nil {
		return nil, err
	}
	r, in, err := o.prepare(ctx, report, nil)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	explainer := r.Platform().Explain(explain.New(r.Renderer()), r.Release().Version)
	err = follow(ctx, r, report, func(o *run.Outcome) []explain.Rendered {
		return explained(explainer, o)
	}, func(o *run.Outcome, rendered []explain.Rendered) error {
		if o.Rendered() {
			stories = append(stories, story{outcome: o, objects: rendered})
		}
		return nil
	})
	switch {
	case err == nil && report.failed:
		err = errReported
	case err == nil && len(stories) == 0:
		err = usageErrorf("no SeldonDeployment in the input")
	}
	return stories, report.print(err)
}

// story is a SeldonDeployment with what is explained of it.
type story struct {
	outcome *run.Outcome
	objects []explain.Rendered
}

// explained explains a SeldonDeployment, and adds what is wrong to the findings.
func explained(explainer *explain.Explainer, o *run.Outcome) []explain.Rendered {
	if !o.Rendered() || o.Findings.HasErrors() {
		return nil
	}
	rendered, _, err := explainer.Explain(render.Input{Deployment: o.Deployment, Locator: o.Locator})
	code := finding.CannotEncode
	if errors.Is(err, explain.ErrTooLarge) {
		code = finding.TooLarge
	}
	o.Fail(code, err)
	return rendered
}

// writePage writes a page about all SeldonDeployments.
func (o *explainOptions) writePage(stories []story) error {
	models := make([]page.Model, len(stories))
	for i, s := range stories {
		sd := s.outcome.Deployment
		name := manifest.ID{Namespace: sd.Metadata.Namespace, Name: sd.Metadata.Name}.Qualified()
		var picture bytes.Buffer
		g, err := graph.New(sd, s.outcome.Objects)
		if err != nil {
			return err
		}
		if err := graph.Write(&picture, "svg", graph.Pods, g); err != nil {
			return err
		}
		doc := s.outcome.Document
		models[i] = page.Model{
			Name: name, File: doc.File, Line: doc.Line, Text: doc.Raw, Picture: picture.Bytes(),
			Objects: s.objects, Findings: s.outcome.Findings,
		}
	}
	return page.Write(o.streams.Out, "seldonctl explain: "+counted(len(models), "SeldonDeployment"), models)
}

// explainObjects explains all objects, or one of them, or a part of that.
func (o *explainOptions) explainObjects(ctx context.Context, subject string) error {
	stories, err := o.stories(ctx)
	if err != nil {
		return err
	}
	var objects []explain.Rendered
	for _, s := range stories {
		objects = append(objects, s.objects...)
	}
	if o.format == "html" {
		if subject != "" {
			return usageErrorf("-o html shows whole SeldonDeployments: remove %q", subject)
		}
		return o.writePage(stories)
	}
	name, path, parts := strings.Cut(subject, ":")
	if name != "" {
		if objects, err = pick(objects, name); err != nil {
			return err
		}
	}
	if parts {
		var found []explain.Rendered
		for _, object := range objects {
			if object.Leaves = object.Find(path); len(object.Leaves) > 0 {
				found = append(found, object)
			}
		}
		if len(found) == 0 {
			return usageErrorf("%s has no field %q", name, path)
		}
		objects = found
	}
	switch {
	case o.format != "text":
		return writeExplained(o.streams.Out, o.format, objects)
	case parts:
		return o.writeLeaves(objects)
	}
	return o.writeAnnotated(objects)
}

// pick returns the objects of a kind and name, as KIND/NAME.
func pick(objects []explain.Rendered, name string) ([]explain.Rendered, error) {
	var found []explain.Rendered
	var names []string
	for _, object := range objects {
		its := object.Object.Kind + "/" + object.Object.Name
		names = append(names, its)
		if strings.EqualFold(its, name) {
			found = append(found, object)
		}
	}
	if len(found) > 0 {
		return found, nil
	}
	const most = 20
	hint := strings.Join(names, ", ")
	if len(names) > most {
		hint = strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return nil, usageErrorf("no object %s; the objects are %s", name, hint)
}
