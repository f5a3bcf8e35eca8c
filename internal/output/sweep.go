package output

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// stagingMark is in the names of what is written before it takes its place, in
// front of a number.
const stagingMark = ".seldonctl-"

// abandoned is the age at which nothing that was staged belongs to a run any more.
const abandoned = time.Hour

// sweep removes from a folder what runs have left there that were killed. What
// cannot be removed stays.
func sweep(dir string) {
	names, err := sortedNames(dir)
	if err != nil {
		return
	}
	for _, name := range names {
		if !strings.Contains(name, stagingMark) {
			continue
		}
		path := filepath.Join(dir, name)
		info, err := os.Lstat(path)
		if err != nil || time.Since(info.ModTime()) < abandoned {
			continue
		}
		switch {
		case info.IsDir() && regexp.MustCompile(`^\.seldonctl-[0-9]+$`).MatchString(name):
			sweepFolder(path)
		case info.Mode().IsRegular() && regexp.MustCompile(`^\..+\.seldonctl-[0-9]+$`).MatchString(name):
			_ = os.Remove(path)
		}
	}
}

// sweepFolder removes a folder of staged files, and nothing else that is in it.
func sweepFolder(path string) {
	files, err := sortedNames(path)
	if err != nil {
		return
	}
	for _, name := range files {
		if info, err := os.Lstat(filepath.Join(path, name)); err == nil && info.Mode()&fs.ModeType == 0 && strings.HasSuffix(name, extension) {
			_ = os.Remove(filepath.Join(path, name))
		}
	}
	_ = os.Remove(path)
}
