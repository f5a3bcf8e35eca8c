package secrets

import (
	"fmt"

	"github.com/seldonctl/seldonctl/finding"
)

// File is a file with credentials. Its content goes into no finding.
type File struct {
	// Name is for findings only.
	Name string
	Data []byte
}

// fault is a finding about a line of the file, or about all of it for line 0.
// The line is in the message and is not a position: reports show the text of
// positions, and this one may be a secret.
func (f *File) fault(line int, format string, args ...any) finding.Finding {
	message := fmt.Sprintf(format, args...)
	if line > 0 {
		message = fmt.Sprintf("line %d %s", line, message)
	}
	return finding.New(finding.CredentialFile, nil, "%s", message).At(finding.Position{File: f.Name})
}
