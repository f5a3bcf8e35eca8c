package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/files"
	"github.com/seldonctl/seldonctl/internal/source"
	"github.com/seldonctl/seldonctl/release"
)

// projectFile is read from the working folder, where a repository says which
// findings it ignores:
//
//	ignore:
//	- code: SDC631
//	  reason: Vault creates the Secrets
//	  files: [models/]
const projectFile = ".seldonctl.yaml"

// maxProjectFile is in bytes.
const maxProjectFile = 1 << 20

// project is the content of the project file.
type project struct {
	Ignore []ignoreRule `json:"ignore"`
}

// ignoreRule leaves out the findings of a code.
type ignoreRule struct {
	Code finding.Code `json:"code"`
	// Reason is for readers of the file, and required.
	Reason string `json:"reason"`
	// Files are patterns of path.Match, or folders that end in a slash; none means
	// every file. They are relative to the working folder.
	Files []string `json:"files"`
}

// readProject reads the project file, if there is one.
func readProject(opener *files.Opener) (*project, error) {
	p := &project{}
	text, err := opener.Read(projectFile, maxProjectFile)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, files.ErrOutside) {
		return p, nil
	}
	if err != nil {
		return nil, usageErrorf("%s: %w", projectFile, err)
	}
	doc, faults := source.NewDecoder(release.Default(), source.Strict).Text(projectFile, text, p)
	if len(faults) > 0 {
		var lines bytes.Buffer
		if reporter, err := finding.NewReporter("text", &lines, finding.ReportOptions{}); err == nil {
			err = reporter.Report(faults)
			return nil, errors.Join(err, usageErrorf("%s", strings.TrimSpace(lines.String())))
		}
	}
	for i := range p.Ignore {
		if err := p.Ignore[i].check(); err != nil {
			return nil, usageErrorf("%s: ignore[%d]: %w", doc.Locate(field.NewPath("ignore").Index(i)), i, err)
		}
	}
	return p, nil
}

func (r *ignoreRule) check() (err error) {
	if r.Code, err = finding.ParseIgnorable(string(r.Code)); err != nil {
		return err
	}
	if strings.TrimSpace(r.Reason) == "" {
		return fmt.Errorf("reason is required")
	}
	for _, pattern := range r.Files {
		if _, err := path.Match(pattern, ""); err != nil {
			return fmt.Errorf("invalid pattern %q", pattern)
		}
	}
	return nil
}

// ignores reports whether the project leaves a finding out. Files are named as on
// the command line; absolute names are relative to root.
func (p *project) ignores(f finding.Finding, root string) bool {
	for i := range p.Ignore {
		if p.Ignore[i].Code == f.Code && p.Ignore[i].covers(f.Pos.File, root) {
			return true
		}
	}
	return false
}

func (r *ignoreRule) covers(file, root string) bool {
	if len(r.Files) == 0 {
		return true
	}
	if filepath.IsAbs(file) {
		if rel, err := filepath.Rel(root, file); err == nil {
			file = rel
		}
	}
	file = path.Clean(filepath.ToSlash(file))
	for _, pattern := range r.Files {
		if ok, _ := path.Match(pattern, file); ok || strings.HasSuffix(pattern, "/") && strings.HasPrefix(file, pattern) {
			return true
		}
	}
	return false
}
