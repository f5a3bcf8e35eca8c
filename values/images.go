package values

import (
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/release"
)

// imagesOfRelease are the keys of images that may be built with the operator, so
// that their tags tell the release; those that are have the release's version
// for a tag. Model servers are not among them: newer ones
// are a choice of the user's.
func imagesOfRelease() []string {
	return []string{"image", "executor.image", "engine.image", "explainer.image", "storageInitializer.image"}
}

// version matches the tags of Seldon Core's own images.
var version = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^v?([0-9]{1,5}\.[0-9]{1,5})\.[0-9]{1,5}`)
})

// checkImages warns about images that belong to another release.
func (l *loader) checkImages() {
	keys := map[string][]string{}
	for _, key := range imagesOfRelease() {
		name, tag, _ := imageAt(l.merged, key)
		usual, own, _ := imageAt(l.defaults, key)
		m := version().FindStringSubmatch(tag)
		if m == nil || own != l.release.ImageTag || (usual != "" && path.Base(name) != path.Base(usual)) {
			continue
		}
		if !strings.HasPrefix(l.release.Version, m[1]+".") {
			tag = strings.TrimPrefix(m[0], "v")
			keys[tag] = append(keys[tag], key)
		}
	}
	for _, tag := range slices.Sorted(maps.Keys(keys)) {
		_, _, e := imageAt(l.merged, keys[tag][0])
		f := finding.New(finding.ValuesOtherImage, keyPath(strings.Split(keys[tag][0], ".")),
			"image of Seldon Core %s (%s), but %s is rendered", tag, strings.Join(keys[tag], ", "), l.release.Version).At(e.origin.Pos)
		if _, err := release.Lookup(tag); err == nil {
			f = f.WithHint("remove the image from the values, or render %s", tag).WithOption(finding.OptionSeldonVersion)
		} else {
			f = f.WithHint("see whether the image takes the arguments and environment of %s, or remove it from the values", l.release.Version)
		}
		l.findings = append(l.findings, f)
	}
	l.checkInitializer()
}

// imageAt returns name and tag of an image, written as text or as a map, and
// the entry that holds the tag.
func imageAt(root *entry, key string) (name, tag string, e *entry) {
	e = root.at(key)
	if !e.isMap() {
		name, tag = splitTag(e.string())
		return name, tag, e
	}
	return e.fields["repository"].string(), e.fields["tag"].string(), e.fields["tag"]
}

// string returns the text of an entry, or nothing if it is none.
func (e *entry) string() string {
	if e == nil {
		return ""
	}
	text, _ := e.scalar.(string)
	return text
}

// splitTag returns an image's name and tag, which a digest may follow.
func splitTag(image string) (name, tag string) {
	image, _, _ = strings.Cut(image, "@")
	i := strings.LastIndexByte(image, ':')
	if i < strings.LastIndexByte(image, '/') || i < 0 {
		return image, ""
	}
	return image[:i], image[i+1:]
}

// checkInitializer warns when models are fetched by a program that reads other
// variables than the release's own.
func (l *loader) checkInitializer() {
	e := l.merged.at("storageInitializer.image")
	if e == nil || e.origin.Source == Default {
		return
	}
	at := field.NewPath("storageInitializer", "image")
	used, known := release.InitializerOf(e.string())
	if own := l.release.Storage.Flavour; known && used != own {
		l.findings = append(l.findings, finding.New(finding.ValuesOtherInitializer, at,
			"this is %s, while Seldon Core %s uses %s, which reads other Secrets", used, l.release.Version, own).
			At(e.origin.Pos).WithHint("make Secrets for it: `seldonctl secret --help` says which command does"))
	}
}
