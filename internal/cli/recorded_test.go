package cli_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/internal/cli"
	"github.com/seldonctl/seldonctl/internal/recorded"
	"github.com/seldonctl/seldonctl/release"
)

// run runs a command line without an environment and returns its exit code,
// standard output and standard error.
func run(stdin string, args ...string) (code int, stdout, stderr string) {
	var out, err bytes.Buffer
	streams := cli.Streams{In: strings.NewReader(stdin), Out: &out, Err: &err}
	code = cli.Main(context.Background(), args, func(string) (string, bool) { return "", false }, streams)
	return code, out.String(), err.String()
}

// TestRecordedThroughTheCommandLine renders the committed recordings as a user
// would: what is written must be read back as the operator's objects.
func TestRecordedThroughTheCommandLine(t *testing.T) {
	t.Parallel()
	suite, err := recorded.Committed()
	if err != nil {
		t.Fatal(err)
	}
	for _, rel := range release.All() {
		cases, err := suite.Cases(rel.Version)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			t.Run(c.String(), func(t *testing.T) {
				t.Parallel()
				code, stdout, stderr := run("", "render", "-f", c.Input, "--values", c.Values, "--only-rendered",
					"--validate=ignore", "--seldon-version", rel.Version, "--kube-version", c.KubeVersion)
				if c.Rejected {
					if code != 1 || stdout != "" || stderr == "" {
						t.Errorf("exit code %d, %d bytes of output and %q, want 1, none and a fault", code, len(stdout), stderr)
					}
					return
				}
				if code != 0 {
					t.Fatalf("exit code %d: %s", code, stderr)
				}
				got, err := recorded.Decode([]byte(stdout))
				if err != nil {
					t.Fatal(err)
				}
				want, err := c.Objects()
				if err != nil {
					t.Fatal(err)
				}
				if diffs := recorded.Compare(got, want); len(diffs) > 0 {
					t.Errorf("differs from the operator's objects:\n%s", strings.Join(diffs[:min(len(diffs), 20)], "\n"))
				}
			})
		}
	}
}
