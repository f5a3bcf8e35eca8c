package cli

import (
	"strings"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/files"
	"github.com/seldonctl/seldonctl/seldon"
)

// lineReader finds lines of files for excerpts. It keeps the last file only.
type lineReader struct {
	files *files.Opener
	file  string
	lines []string
}

// maxExcerptFile is the size in bytes beyond which a file is not read again
// just to show a line of it.
const maxExcerptFile = 16 << 20

func (r *lineReader) line(file string, line int) (string, bool) {
	if file != r.file {
		r.file, r.lines = file, nil
		if info, err := r.files.Stat(file); err == nil && info.Mode().IsRegular() {
			if data, err := r.files.Read(file, maxExcerptFile); err == nil {
				r.lines = strings.Split(string(data), "\n")
			}
		}
	}
	if line < 1 || line > len(r.lines) {
		return "", false
	}
	return strings.TrimSuffix(r.lines[line-1], "\r"), true
}

// mayBeSecret keeps values in Secrets, in values files and in anything that is not
// known to be a SeldonDeployment off the terminal, and addresses with a password
// or a signature.
func (r *lineReader) mayBeSecret(f finding.Finding) bool {
	known := f.Object.Kind == seldon.Kind && !strings.HasPrefix(string(f.Code), "SDC3") && !strings.HasPrefix(string(f.Code), "SDC6")
	line, _ := r.line(f.Pos.File, f.Pos.Line)
	_, address, _ := strings.Cut(line, "://")
	return strings.ContainsAny(address, "@?") || !known && !r.inSeldonDeployment(f.Pos.Line)
}

// inSeldonDeployment reports whether the document around a line of the last file
// says that it is a SeldonDeployment, and nothing else.
func (r *lineReader) inSeldonDeployment(line int) bool {
	first, last := line-1, line
	for first > 0 && !strings.HasPrefix(r.lines[first], "---") {
		first--
	}
	for last < len(r.lines) && !strings.HasPrefix(r.lines[last], "---") {
		last++
	}
	found := false
	for _, text := range r.lines[first:last] {
		key, value, ok := strings.Cut(text, ":")
		if !ok || strings.Trim(key, ` \t-{"'`) != "kind" {
			continue
		}
		if strings.Trim(value, " \t\r,\"'") != seldon.Kind {
			return false
		}
		found = true
	}
	return found
}
