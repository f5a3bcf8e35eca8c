package cli

import (
	"bufio"
	"errors"
	"io"
	"regexp"
	"sync"

	"github.com/spf13/cobra"

	"github.com/seldonctl/seldonctl/internal/files"
	"github.com/seldonctl/seldonctl/internal/krm"
)

// fnOptions are the options of seldonctl fn.
type fnOptions struct {
	streams  Streams
	defaults krm.Config
}

func newFnCommand(streams Streams) *cobra.Command {
	o := &fnOptions{streams: streams}
	cmd := &cobra.Command{
		Use:   "fn",
		Short: "Run as a KRM function (kustomize, kpt, Argo CD)",
		Long: `Fn reads a ResourceList from standard input and writes it to standard output,
with the objects that its SeldonDeployments render to. It is meant to be run by
kustomize, kpt and other hosts of KRM functions.

Options come from the functionConfig: a SeldonRender of seldonctl.io/v1alpha1,
or a ConfigMap with the same keys as data. A SeldonDeployment may be the
functionConfig itself; then flags in the args of the function are its options.

Faults are results of the ResourceList and lines on standard error. With an
error among them the items are unchanged, and the exit code is 1.`,
		Example: `  # A transformer of kustomize, in render.yaml, listed under transformers:
  #   apiVersion: seldonctl.io/v1alpha1
  #   kind: SeldonRender
  #   metadata:
  #     name: render
  #     annotations:
  #       config.kubernetes.io/function: |
  #         exec: {path: seldonctl}
  #   spec:
  #     valuesFiles: [values.yaml]
  kustomize build --enable-alpha-plugins --enable-exec .

  # In the files of a kpt package
  kpt fn eval --exec "seldonctl fn" -- seldonVersion=1.18.2`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error { return o.run() },
	}
	for _, option := range o.defaults.Options() {
		addOption(cmd, option)
	}
	return cmd
}

func (o *fnOptions) run() error {
	if isTerminal(o.streams.In) {
		return usageErrorf("fn reads a ResourceList from standard input; it is run by kustomize or kpt. To render files use seldonctl render -f FILE")
	}
	if faults := o.defaults.Check(); len(faults) > 0 {
		return optionError(faults[0])
	}
	function := krm.Function{Defaults: o.defaults, ReadFile: readBelow(o.streams.files)}
	if code := function.Run(o.streams.In, o.streams.Out, o.streams.Err); code != exitOK {
		return &exitError{code: code, err: errReported}
	}
	return nil
}

// readBelow returns a function that reads files of the working folder. The folder
// is opened when a file is asked for: hosts may run a function where it can read
// nothing.
func readBelow(opener *files.Opener) func(name string) ([]byte, error) {
	confine := sync.OnceValue(func() error { return opener.Confine(".") })
	return func(name string) ([]byte, error) {
		if err := confine(); err != nil {
			return nil, err
		}
		return opener.Read(name, maxSettingsFile)
	}
}

// startsResourceList matches the beginning of a ResourceList, as YAML or JSON.
var startsResourceList = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?m)(^|[{,])[ \t]*["']?kind["']?[ \t]*:[ \t]*["']?ResourceList["']?[ \t]*([,}#\r]|$)`)
})

// runBare is what the program does without any arguments: it is a KRM function
// when a ResourceList comes in, because hosts can call a program by its name
// alone. It prints its help when nobody has given it an input, and refuses any
// other input: help would be taken for manifests, as by Helm.
func runBare(streams Streams) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, _ []string) error {
		if streams.In == nil || isDevice(streams.In) {
			return cmd.Help()
		}
		const enough = 64 << 10
		in := bufio.NewReaderSize(streams.In, enough)
		start, err := in.Peek(enough)
		if err != nil && err != io.EOF {
			return err
		}
		if !startsResourceList().Match(start) {
			return &exitError{code: exitUsage, err: errors.New("standard input is not a ResourceList; to render it use 'seldonctl render' (helm: --post-renderer-args render)")}
		}
		streams.In = in
		return (&fnOptions{streams: streams}).run()
	}
}
