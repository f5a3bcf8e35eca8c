package cluster

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Kubectl is the program, tied to the server of a run.
type Kubectl struct {
	// Path is the program, Kubeconfig its only settings.
	Path       string
	Kubeconfig string
	// Home keeps its cache away from the user's.
	Home string
}

// Output is what a run of kubectl said.
type Output struct {
	// Done has a line for each object, such as
	// deployment.apps/name serverside-applied.
	Done []string
	// Said has the lines of standard error: warnings and refusals.
	Said []string
}

// Run runs kubectl. Objects that the server refuses are in the output; the
// error says that the program could not be run.
func (k *Kubectl) Run(ctx context.Context, args ...string) (Output, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, k.Path, append([]string{"--kubeconfig=" + k.Kubeconfig}, args...)...)
	cmd.Env = append(os.Environ(), "HOME="+k.Home, "KUBECONFIG=", "KUBECACHEDIR="+k.Home)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || ctx.Err() != nil) {
		return Output{}, fmt.Errorf("kubectl %s: %w", args[0], err)
	}
	return Output{Done: lines(stdout.String()), Said: lines(stderr.String())}, nil
}

func lines(text string) []string {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
