package secrets

import (
	"github.com/seldonctl/seldonctl/finding"
)

// File is a file with credentials. Its content goes into no finding.
type File struct {
	// Name is for findings only.
	Name string
	Data []byte
}

// fault is a finding about a line of the file, or about all of it for line 0.
func (f *File) fault(line int, format string, args ...any) finding.Finding {
	return finding.New(finding.CredentialFile, nil, format, args...).At(finding.Position{File: f.Name, Line: line})
}
