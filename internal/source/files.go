package source

import (
	"errors"
	"os"
	"path/filepath"
	"slices"

	"github.com/seldonctl/seldonctl/finding"
)

// listFiles returns the files that the names stand for, in order.
func listFiles(names []string, opts Options) ([]string, finding.List) {
	l := lister{opts: opts}
	for _, name := range names {
		if name == "-" {
			l.files = append(l.files, name)
			continue
		}
		info, err := opts.Files.Stat(name)
		switch {
		case err != nil:
			l.faults = append(l.faults, Unreadable(name, err))
		case !info.IsDir():
			l.files = append(l.files, name)
		default:
			l.seen = map[string]bool{}
			before := len(l.files) + len(l.faults)
			l.folder(name, nil)
			if len(l.files)+len(l.faults) == before {
				f := finding.New(finding.EmptyFolder, nil, "no *.yaml, *.yml or *.json in this folder").At(finding.Position{File: name})
				if !opts.Recursive {
					f = f.WithHint("pass -R to look into the folders below it")
				}
				l.faults = append(l.faults, f)
			}
		}
	}
	return l.files, l.faults
}

type lister struct {
	opts   Options
	files  []string
	faults finding.List
	// seen are the folders visited, by real path: links can lead to one in many
	// ways.
	seen map[string]bool
}

// folder lists a folder; above are the real paths of those it was reached by.
func (l *lister) folder(dir string, above []string) {
	_, err := l.opts.Files.Stat(dir)
	path := dir
	if err == nil {
		path, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		l.faults = append(l.faults, Unreadable(dir, err))
		return
	}
	if slices.Contains(above, path) {
		l.faults = append(l.faults, Unreadable(dir, errors.New("it is a symbolic link to a folder above it")).
			WithHint("remove the link"))
		return
	}
	if l.seen[path] {
		return
	}
	l.seen[path] = true
	entries, err := l.opts.Files.ReadDir(dir)
	if err != nil {
		l.faults = append(l.faults, Unreadable(dir, err))
		return
	}
	above = append(slices.Clip(above), path)
	for _, e := range entries {
		l.entry(filepath.Join(dir, e.Name()), e, above)
	}
}

func (l *lister) entry(name string, e os.DirEntry, above []string) {
	isDir := e.IsDir()
	if e.Type()&os.ModeSymlink != 0 {
		info, err := l.opts.Files.Stat(name)
		if err != nil {
			if isManifest(name) {
				l.faults = append(l.faults, Unreadable(name, err))
			}
			return
		}
		isDir = info.IsDir()
	}
	switch {
	case isDir && l.opts.Recursive:
		l.folder(name, above)
	case !isDir && isManifest(name):
		l.files = append(l.files, name)
	}
}

func isManifest(name string) bool {
	switch filepath.Ext(name) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return false
}
