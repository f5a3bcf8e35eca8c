package krm

import (
	"errors"
	"path"
	"strconv"
	"strings"

	"sigs.k8s.io/kustomize/kyaml/kio/kioutil"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// renderedSuffix ends the name of the file that new objects go to, next to that
// of their source.
const renderedSuffix = "-rendered.yaml"

// placer gives new items a file and a place in it, in the annotations that the
// other items have. Where those have none, neither do new ones.
type placer struct {
	internal, legacy bool
	// next is the first free index of each file.
	next map[string]int
	// dir is the folder of the functionConfig.
	dir string
}

func newPlacer(items []*item, config *item) *placer {
	p := &placer{next: map[string]int{}, dir: "."}
	if config != nil {
		p.dir = config.origin.dir()
	}
	for _, it := range items {
		o := it.origin
		p.internal, p.legacy = p.internal || o.internal, p.legacy || o.legacy
		p.next[o.path] = max(p.next[o.path], o.index+1)
	}
	return p
}

// place gives a new object its place.
func (p *placer) place(of *product) error {
	if !p.internal && !p.legacy {
		return nil
	}
	file := p.file(of.source)
	index := strconv.Itoa(p.next[file])
	p.next[file]++
	set := func(pathKey, indexKey string) error {
		return errors.Join(of.node.PipeE(yaml.SetAnnotation(pathKey, file)), of.node.PipeE(yaml.SetAnnotation(indexKey, index)))
	}
	if p.internal {
		if err := set(kioutil.PathAnnotation, kioutil.IndexAnnotation); err != nil {
			return err
		}
	}
	if p.legacy {
		return set(legacyPathAnnotation, legacyIndexAnnotation)
	}
	return nil
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
