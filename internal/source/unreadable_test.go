package source_test

import (
	"os"
	"testing"

	"github.com/seldonctl/seldonctl/internal/source"
)

func TestNamesThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"":                            "an empty name cannot be read; check the command line for a variable that is not set",
		"none.yaml":                   "none.yaml: cannot be read: no such file or directory; check the name; - stands for standard input",
		"none/*.yaml":                 "none/*.yaml: cannot be read: no such file or directory; the shell expands patterns, outside quotes and only if a file matches; name the folder instead",
		"a.yaml,b.yaml":               "a.yaml,b.yaml: cannot be read: no such file or directory; repeat the flag for each file",
		"https://example.org/m.yaml?": "https://example.org/m.yaml?: URLs cannot be read: seldonctl does not use the network; fetch it and name the file, or pipe it in: curl -fsSL URL | seldonctl ... -f -",
	} {
		_, err := os.Stat(name)
		f := source.Unreadable(name, err)
		got := f.Message + "; " + f.Hint
		if name != "" {
			got = f.Pos.String() + ": " + got
		}
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
