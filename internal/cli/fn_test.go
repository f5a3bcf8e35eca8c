package cli

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/internal/krm"
)

const emptyList = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\n"

func TestBareProgramIsAFunctionWhenAResourceListComesIn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		input    string
		function bool
	}{
		"YAML":                            {emptyList, true},
		"JSON":                            {`{"apiVersion":"config.kubernetes.io/v1","kind":"ResourceList","items":[]}`, true},
		"quotes and a comment":            {"kind: 'ResourceList' # x\napiVersion: \"config.kubernetes.io/v1\"\n", true},
		"Windows line ends":               {strings.ReplaceAll(emptyList, "\n", "\r\n"), true},
		"a manifest":                      {"kind: SeldonDeployment\n", false},
		"a kind that begins the same way": {"kind: ResourceListing\n", false},
		"nothing":                         {"", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out, errOut bytes.Buffer
			streams := Streams{In: strings.NewReader(c.input), Out: &out, Err: &errOut}
			cmd := newFnCommand(streams)
			cmd.SetOut(io.Discard)
			code, _ := exitCode(runBare(streams)(cmd, nil))
			if got := strings.Contains(out.String(), "ResourceList"); got != c.function || got != (code == exitOK) {
				t.Errorf("was a function: %v, exit code %d; %s%s", got, code, out.String(), errOut.String())
			}
			if !c.function && (code != exitUsage || out.Len() > 0) {
				t.Errorf("exit code %d; %s", code, out.String())
			}
		})
	}
}

func TestEveryFlagOfTheFunctionIsAnOption(t *testing.T) {
	t.Parallel()
	cmd := newFnCommand(Streams{})
	for _, o := range new(krm.Config).Options() {
		if o.Flag != "" && cmd.Flags().Lookup(o.Flag) == nil {
			t.Errorf("there is no flag --%s", o.Flag)
		}
	}
}

func TestFaultsOfTheFunctionEndTheCommandWithCodeOne(t *testing.T) {
	t.Parallel()
	var out, errOut bytes.Buffer
	cmd := newFnCommand(Streams{In: strings.NewReader("kind: Other\n"), Out: &out, Err: &errOut})
	cmd.SetArgs(nil)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	code, silent := exitCode(cmd.Execute())
	if code != exitFault || !silent || !strings.Contains(out.String(), "kind: ResourceList") || strings.Count(errOut.String(), "\n") != 1 {
		t.Errorf("exit code %d, silent %v\n%s\n%s", code, silent, out.String(), errOut.String())
	}
	cmd = newFnCommand(Streams{In: strings.NewReader(emptyList), Out: io.Discard, Err: io.Discard})
	cmd.SetArgs([]string{"--validate", "perhaps"})
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	if code, _ := exitCode(cmd.Execute()); code != exitUsage {
		t.Errorf("a wrong flag: exit code %d", code)
	}
}

func TestRow2lHelpOfTheFunctionIsOnStdout(t *testing.T) {
	t.Parallel()
	var out, errOut bytes.Buffer
	code := Main(t.Context(), []string{"fn", "--help"}, func(string) (string, bool) { return "", false }, Streams{In: strings.NewReader(""), Out: &out, Err: &errOut})
	if code != exitOK || errOut.Len() > 0 || !strings.Contains(out.String(), "--seldon-version") {
		t.Errorf("exit code %d, %s\n%s", code, errOut.String(), out.String())
	}
}
