package source

import (
	"io/fs"
	"path/filepath"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// maxKustomization is in bytes.
const maxKustomization = 1 << 20

// leaveOutPatches notes the files that kustomizations of a folder patch others with:
// they are no objects of their own, and without them the others are not what is
// meant.
func (l *lister) leaveOutPatches(dir string, entries []fs.DirEntry) {
	for _, e := range entries {
		if e.IsDir() || !isKustomization(e.Name()) {
			continue
		}
		name := filepath.Join(dir, e.Name())
		text, err := l.opts.Files.Read(name, maxKustomization)
		if err != nil {
			continue
		}
		type patch struct {
			Path string `json:"path"`
		}
		var k struct {
			Patches               []patch  `json:"patches"`
			PatchesJSON6902       []patch  `json:"patchesJson6902"`
			PatchesStrategicMerge []string `json:"patchesStrategicMerge"`
		}
		// What is wrong with it is for kustomize to say.
		_, _ = NewDecoder(release.Default(), Ignore).Text(name, text, &k)
		for _, p := range append(k.Patches, k.PatchesJSON6902...) {
			k.PatchesStrategicMerge = append(k.PatchesStrategicMerge, p.Path)
		}
		if len(k.PatchesStrategicMerge) == 0 {
			continue
		}
		if l.patches == nil {
			l.patches = map[string]bool{}
		}
		for _, file := range k.PatchesStrategicMerge {
			l.patches[filepath.Join(dir, file)] = true
		}
		l.faults = append(l.faults, finding.New(finding.FileLeftOut, nil, "a kustomization with patches is left out, so that nothing is patched").
			WithHint("build it: kustomize build %s | seldonctl render -f -", dir).At(finding.Position{File: name}).As(finding.Warning))
		l.patches[name] = true
	}
}
