package source

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/files"
	"github.com/seldonctl/seldonctl/internal/printable"
	"github.com/seldonctl/seldonctl/internal/spelling"
)

// Unreadable returns the finding about a file or folder that a user named and
// that cannot be read.
func Unreadable(name string, err error) finding.Finding {
	at := finding.Position{File: name}
	if errors.Is(err, files.ErrOutside) {
		return finding.New(finding.OutsideFolder, nil, "%v", files.ErrOutside).
			WithHint("put it into the folder").At(at)
	}
	if name == "" {
		return finding.New(finding.UnreadableInput, nil, "an empty name cannot be read").
			WithHint("check the command line for a variable that is not set")
	}
	f := finding.New(finding.UnreadableInput, nil, "cannot be read: %v", printable.Reason(err)).At(at)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return missing(name, f)
	case errors.Is(err, fs.ErrPermission):
		return f.WithHint("check the permissions")
	}
	return f
}

// missing says what may be meant by the name of a file that is not there: other
// programs take addresses, patterns and lists where this one wants a name.
func missing(name string, f finding.Finding) finding.Finding {
	switch {
	case strings.HasPrefix(name, "http://"), strings.HasPrefix(name, "https://"):
		return finding.New(finding.UnreadableInput, nil, "URLs cannot be read: seldonctl does not use the network").
			WithHint("fetch it and name the file, or pipe it in: curl -fsSL URL | seldonctl ... -f -").At(f.Pos)
	case strings.ContainsAny(name, "*?["):
		return f.WithHint("the shell expands patterns, outside quotes and only if a file matches; name the folder instead")
	case strings.Contains(name, ","):
		return f.WithHint("repeat the flag for each file")
	}
	return f.WithHint(checkName)
}

const checkName = "check the name; - stands for standard input"

// Missing is Unreadable about a name of the command line: if nothing has the name,
// it hints at the one beside it that was meant.
func Missing(opener *files.Opener, name string, err error) finding.Finding {
	f := Unreadable(name, err)
	if f.Hint != checkName {
		return f
	}
	dir, base := filepath.Split(name)
	entries, err := opener.ReadDir(filepath.Dir(name))
	if err != nil {
		return f
	}
	stem := func(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }
	// Short names differ by a letter often enough.
	const short = 3
	names, stems := map[string]string{}, []string(nil)
	for _, e := range entries {
		if s := stem(e.Name()); len(s) > short || strings.EqualFold(s, stem(base)) {
			names[s], stems = e.Name(), append(stems, s)
		}
	}
	if near := spelling.Nearest(stem(base), stems); near != "" {
		return f.WithHint("did you mean %s?", dir+names[near])
	}
	return f
}
