package cli

import (
	"cmp"
	"fmt"
	"path"
	"slices"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/images"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/values"
)

// inputFlags say which documents are read, and how.
type inputFlags struct {
	filenames []string
	recursive bool
	exclude   []string
	validate  string
}

func (f *inputFlags) add(cmd *cobra.Command) {
	f.addFiles(cmd)
	flags := cmd.Flags()
	flags.StringVar(&f.validate, "validate", "strict", "what to do about unknown or repeated fields: strict (error), warn or ignore (drop them as a cluster would)")
	flags.Lookup("validate").NoOptDefVal = "strict"
	completeFlag(cmd, "validate", run.Modes()...)
}

// addFiles adds the flags that name files, without --validate.
func (f *inputFlags) addFiles(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVarP(&f.filenames, "filename", "f", nil, "file, folder (its .yaml, .yml and .json files) or - for standard input; repeatable")
	flags.BoolVarP(&f.recursive, "recursive", "R", false, "read the folders below the named folders too")
	flags.StringArrayVar(&f.exclude, "exclude", nil, "files and folders to leave out of folders, e.g. '*-test.yaml' or staging; repeatable")
}

// takeArguments reads arguments as files, as if each had -f.
func (f *inputFlags) takeArguments(_ *cobra.Command, args []string) error {
	if i := slices.IndexFunc(args, func(arg string) bool { return slices.Contains(run.Modes(), arg) }); i >= 0 {
		return fmt.Errorf("unexpected argument %q: for the flag write --validate=%s, for a file ./%s", args[i], args[i], args[i])
	}
	f.filenames = append(f.filenames, args...)
	return nil
}

// mode returns what --validate means.
func (f *inputFlags) mode() (source.Mode, error) {
	mode, err := run.ParseMode(f.validate)
	if err != nil {
		return 0, usageErrorf("--validate: %w", err)
	}
	return mode, nil
}

// open returns the inputs, standard input where nothing is named.
func (f *inputFlags) open(streams Streams) (*source.Inputs, error) {
	names := f.filenames
	if len(names) == 0 {
		if isTerminal(streams.In) {
			return nil, usageErrorf("nothing to read: name files or folders, or pipe manifests in")
		}
		names = []string{"-"}
	}
	if countStdin(names) > 1 {
		return nil, usageErrorf("standard input (-f -) can be read once only")
	}
	for _, pattern := range f.exclude {
		if _, err := path.Match(pattern, ""); err != nil {
			return nil, usageErrorf("--exclude: invalid pattern %q", pattern)
		}
	}
	return source.Open(names, source.Options{Recursive: f.recursive, Exclude: f.exclude, Stdin: streams.In, Files: streams.files}), nil
}

// settingsFlags say what is rendered for: the release and the operator's
// settings.
type settingsFlags struct {
	env           Environment
	seldonVersion string
	valuesFiles   []string
	set           []string
	setString     []string
	operator      []string
	// read are the files that were read.
	read []settingsFile
}

const seldonVersionVariable = "SELDONCTL_SELDON_VERSION"

func (f *settingsFlags) add(cmd *cobra.Command, env Environment) {
	f.env = env
	flags := cmd.Flags()
	fallback, _ := env(seldonVersionVariable)
	flags.StringVar(&f.seldonVersion, "seldon-version", fallback,
		"release of Seldon Core, e.g. 1.12.0, or 1.12 for its newest patch; 'seldonctl version --releases' lists them (default "+
			release.DefaultVersion+", or $"+seldonVersionVariable+", or what the values or --operator say)")
	f.addValues(cmd)
	completeFlagLater(cmd, "seldon-version", release.Names)
}

// addValues adds the flags for the operator's settings alone.
func (f *settingsFlags) addValues(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringArrayVar(&f.valuesFiles, "values", nil, "file with values of Seldon's Helm chart; repeatable, later files win")
	flags.StringArrayVar(&f.set, "set", nil, "value in Helm's syntax, e.g. istio.enabled=true; repeatable")
	flags.StringArrayVar(&f.setString, "set-string", nil, "like --set, for text that must not become a number or boolean")
	flags.StringArrayVar(&f.operator, "operator", nil, "saved ConfigMap seldon-config or Deployment seldon-controller-manager of a running operator; repeatable")
	completeValues(cmd, f, "set", "set-string")
}

// load returns the release and the values, and what there is to say of them. A
// file that cannot be read is a finding, so that it does not hide other faults.
func (f *settingsFlags) load(streams Streams) (*release.Release, *values.Values, finding.List, error) {
	if f.stdinUses() > 1 {
		return nil, nil, nil, usageErrorf("standard input (-) can be read once only")
	}
	var overlays []values.Overlay
	var operator [][]byte
	var findings finding.List
	for _, name := range f.operator {
		data, err := streams.readFile(name, maxSettingsFile)
		if err != nil {
			findings = append(findings, source.Unreadable(name, err))
			continue
		}
		f.read = append(f.read, settingsFile{name, data})
		overlays = append(overlays, values.Operator(name, data))
		operator = append(operator, data)
	}
	for _, name := range f.valuesFiles {
		data, err := streams.readFile(name, maxSettingsFile)
		if err != nil {
			findings = append(findings, source.Unreadable(name, err))
			continue
		}
		f.read = append(f.read, settingsFile{name, data})
		overlays = append(overlays, values.File(name, data))
	}
	for _, expr := range f.set {
		overlays = append(overlays, values.Set("--set", expr))
	}
	for _, expr := range f.setString {
		overlays = append(overlays, values.SetString("--set-string", expr))
	}
	rel, more, err := f.release(operator, values.NamedRelease(overlays...))
	if err != nil {
		return nil, nil, nil, err
	}
	v, loaded := values.Load(rel, overlays...)
	return rel, v, slices.Concat(findings, more, loaded), nil
}

// stdinUses is how many of the files with settings are standard input.
func (f *settingsFlags) stdinUses() int {
	return countStdin(f.operator) + countStdin(f.valuesFiles)
}

func countStdin(names []string) int {
	n := 0
	for _, name := range names {
		if name == "-" {
			n++
		}
	}
	return n
}

// release returns the release that is named, by the flag or else by the values,
// or that the operator is of.
func (f *settingsFlags) release(operator [][]byte, named string) (*release.Release, finding.List, error) {
	running, known := values.DetectRelease(operator...)
	var findings finding.List
	version := cmp.Or(f.seldonVersion, named)
	named = version
	switch {
	case version == "" && known:
		version = running
	case version == "":
		version = release.DefaultVersion
	}
	rel, err := release.Lookup(version)
	if err != nil {
		return nil, nil, &usageError{err}
	}
	switch {
	case running != "" && !known && named == "":
		_, unknown := release.Lookup(running)
		findings = append(findings, finding.New(finding.OperatorRelease, nil,
			"the running operator is of an %s; rendering as %s", unknown, version).
			WithHint("pods may differ from those that run: upgrade the operator to a release that `seldonctl version --releases` lists, or name one with --seldon-version and accept a rollout"))
	case known && running != rel.Version && running != rel.ImageTag:
		findings = append(findings, finding.New(finding.OperatorRelease, nil,
			"the running operator is of release %s, and --seldon-version or the values say %s", running, version))
	}
	return rel, findings, nil
}

// maxSettingsFile is the size in bytes of the largest file with settings that is
// read: anything larger was named by mistake.
const maxSettingsFile = 16 << 20

// targetFlags say what cluster the objects are for.
type targetFlags struct {
	namespace       string
	kubeVersion     string
	serverSideApply bool
	// onlyRendered, credentials and images are set by the commands that have flags for them.
	onlyRendered bool
	credentials  credentialFlags
	images       images.Rewriter
	platform     platformFlags
}

func (f *targetFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVarP(&f.namespace, "namespace", "n", "", "namespace of documents that have none (default \"default\")")
	flags.StringVar(&f.kubeVersion, "kube-version", "current", "version of the cluster, e.g. 1.24: picks API versions that it serves")
	completeFlag(cmd, "kube-version", kubeVersions()...)
	flags.BoolVar(&f.serverSideApply, "server-side-apply", false, "leave out repeated ports and variables, which server-side apply refuses, and name the strategy of Deployments")
	f.platform.add(cmd)
}

func (f *targetFlags) config() (run.Config, error) {
	kube, err := render.ParseKubeVersion(f.kubeVersion)
	if err != nil {
		return run.Config{}, usageErrorf("--kube-version: %w", err)
	}
	if err := run.CheckNamespace(f.namespace); err != nil {
		return run.Config{}, usageErrorf("--namespace: %w", err)
	}
	return run.Config{
		KubeVersion: kube, Namespace: f.namespace, Passes: !f.onlyRendered, ServerSideApply: f.serverSideApply,
		NoSecrets: f.credentials.noSecrets, CreateServiceAccounts: f.credentials.createServiceAccounts,
		Images: f.images,
	}, nil
}
