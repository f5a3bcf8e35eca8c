package krm

import (
	"path"
	"slices"
	"strconv"
	"strings"
)

// renderedSuffix ends the name of the file that new objects go to, next to that
// of their source.
const renderedSuffix = "-rendered.yaml"

// placer gives new items a file and a place in it, in the annotations that the
// other items have. Where those have none, neither do new ones.
type placer struct {
	keys []placeKey
	// next is the first free index of each file.
	next map[string]int
	// dir is the folder of the functionConfig.
	dir string
}

func newPlacer(items []*item, config *item) *placer {
	p := &placer{next: map[string]int{}, dir: config.origin.dir()}
	for _, keys := range placeKeys {
		if slices.ContainsFunc(items, func(it *item) bool { return it.annotations[keys.path] != "" }) {
			p.keys = append(p.keys, keys)
		}
	}
	for _, it := range items {
		p.next[it.origin.path] = max(p.next[it.origin.path], it.origin.index+1)
	}
	return p
}

// place gives a new object its place.
func (p *placer) place(of *product) {
	file := p.file(of.source)
	index := strconv.Itoa(p.next[file])
	p.next[file]++
	for _, keys := range p.keys {
		annotate(of.node, keys.path, file)
		annotate(of.node, keys.index, index)
	}
}

// file returns where the objects of a source go. Hosts refuse paths that lead out
// of their folder.
func (p *placer) file(s *deploymentSource) string {
	from := s.subject.origin.path
	if from == "" || s.subject.prefix != "" || s.doc == nil {
		from = path.Join(p.dir, strings.ToLower(s.name))
	}
	from = path.Clean(from)
	if path.IsAbs(from) || from == ".." || strings.HasPrefix(from, "../") {
		from = path.Base(from)
	}
	switch ext := path.Ext(from); ext {
	case ".yaml", ".yml", ".json":
		from = strings.TrimSuffix(from, ext)
	}
	return from + renderedSuffix
}
