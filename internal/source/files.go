package source

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

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
			l.faults = append(l.faults, Missing(opts.Files, name, err))
		case !info.IsDir():
			l.files = append(l.files, name)
		default:
			l.seen = map[string]bool{}
			before := len(l.files) + len(l.faults)
			l.root, l.excluding, l.folders, l.kustomization = name, false, false, false
			l.folder(name, nil)
			if len(l.files)+len(l.faults) == before {
				f := finding.New(finding.EmptyFolder, nil, "no *.yaml, *.yml or *.json in this folder").At(finding.Position{File: name})
				switch {
				case l.excluding:
					f.Message = "all manifests in this folder are excluded"
					f.Hint = "check the patterns that leave files out"
				case l.kustomization:
					f.Message = "a kustomization is all that is in this folder"
					f = f.WithHint("build it: kustomize build %s | seldonctl render -f -", name)
				case !opts.Recursive && l.folders:
					f = f.WithHint("pass -R to look into the folders below it")
				}
				l.faults = append(l.faults, f)
			}
		}
	}
	return l.files, append(l.faults, l.notes...)
}

type lister struct {
	opts   Options
	files  []string
	faults finding.List
	// notes are about what was left out.
	notes finding.List
	// root is the folder that was named, and excluding says that a manifest in it is
	// left out.
	root      string
	excluding bool
	// folders and kustomization say what else is in it.
	folders, kustomization bool
	// patches are the files that a kustomization patches others with, and itself.
	patches map[string]bool
	// seen are the folders visited, by real path: links can lead to one in many
	// ways.
	seen map[string]bool
}

// folder lists a folder; above are the real paths of those it was reached by.
func (l *lister) folder(dir string, above []string) {
	_, err := l.opts.Files.Stat(dir)
	real := dir
	if err == nil {
		real, err = filepath.EvalSymlinks(dir)
	}
	if err != nil {
		l.faults = append(l.faults, Unreadable(dir, err))
		return
	}
	if slices.Contains(above, real) {
		l.faults = append(l.faults, Unreadable(dir, errors.New("it is a symbolic link to a folder above it")).
			WithHint("remove the link"))
		return
	}
	if l.seen[real] {
		return
	}
	l.seen[real] = true
	entries, err := l.opts.Files.ReadDir(dir)
	if err != nil {
		l.faults = append(l.faults, Unreadable(dir, err))
		return
	}
	l.leaveOutPatches(dir, entries)
	above = append(slices.Clip(above), real)
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
	case l.excluded(name):
		l.excluding = l.excluding || isDir || isManifest(name)
	case isDir && l.opts.Recursive && strings.HasPrefix(e.Name(), "."):
		l.leaveOut(name, "a folder whose name begins with a dot is left out")
	case l.patches[name]:
		l.kustomization = true
	case !isDir && isKustomization(e.Name()):
		l.kustomization = true
		l.leaveOut(name, "a kustomization is left out")
	case isDir && l.opts.Recursive:
		l.folder(name, above)
	case isDir:
		l.folders = l.folders || !strings.HasPrefix(e.Name(), ".")
	case isManifest(name):
		l.files = append(l.files, name)
	}
}

// excluded reports whether the options leave a file or folder out.
func (l *lister) excluded(name string) bool {
	rel, err := filepath.Rel(l.root, name)
	if err != nil {
		return false
	}
	rel = filepath.ToSlash(rel)
	return slices.ContainsFunc(l.opts.Exclude, func(pattern string) bool {
		if !strings.Contains(pattern, "/") {
			ok, _ := path.Match(pattern, path.Base(rel))
			return ok
		}
		ok, _ := path.Match(strings.Trim(pattern, "/"), rel)
		return ok
	})
}

func (l *lister) leaveOut(name, why string) {
	l.notes = append(l.notes, finding.New(finding.FileLeftOut, nil, "%s", why).
		WithHint("name it explicitly to read it").At(finding.Position{File: name}))
}

// isKustomization reports whether a file is the input of kustomize by its name.
func isKustomization(name string) bool {
	return name == "kustomization.yaml" || name == "kustomization.yml"
}

func isManifest(name string) bool {
	switch filepath.Ext(name) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return false
}
