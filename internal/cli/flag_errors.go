package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/seldonctl/seldonctl/internal/spelling"
)

// flagError says what is wrong with a flag, and which one was meant.
func flagError(cmd *cobra.Command, err error) error {
	if wrong, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		f := wrong.GetFlag()
		c, ok := f.Value.(*choice)
		switch {
		case ok:
			err = c.fault(f, wrong.GetValue(), fmt.Sprintf(", not %q", wrong.GetValue()))
		case f.Name == "verbose":
			err = errors.New("-v takes no level: use -v or --verbose alone")
		case f.Value.Type() == "bool":
			err = fmt.Errorf("--%s must be true or false, not %q", f.Name, wrong.GetValue())
		}
	}
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		if hint := meantFlag(cmd, unknown); hint != "" {
			err = fmt.Errorf("%w: %s", err, hint)
		}
	}
	return &usageError{err}
}

// meantFlag is a hint for a flag that is not known, or nothing.
func meantFlag(cmd *cobra.Command, unknown *pflag.NotExistError) string {
	name := unknown.GetSpecifiedName()
	switch {
	case unknown.GetSpecifiedShortnames() == "k", name == "kustomize":
		return "pipe kustomizations in: kustomize build DIR | " + cmd.CommandPath() + " -f -"
	case !cmd.HasParent():
		return "flags follow a command, such as " + cmd.Name() + " render -f FILE"
	case unknown.GetSpecifiedShortnames() != "":
		return ""
	case slices.Contains([]string{"kubeconfig", "context", "kube-context", "cluster", "server", "dry-run", "wait"}, name):
		return "seldonctl uses no cluster; pipe what it renders into kubectl, which has such flags"
	}
	var names, longer []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		names = append(names, f.Name)
		if strings.HasPrefix(f.Name, name) {
			longer = append(longer, f.Name)
		}
	})
	if near := spelling.Nearest(name, names); near != "" {
		longer = []string{near}
	}
	const many = 3
	if len(longer) == 0 || len(longer) > many {
		return ""
	}
	return "did you mean --" + strings.Join(longer, " or --") + "?"
}
