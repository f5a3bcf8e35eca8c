package images

import (
	"iter"
	"strings"

	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/leaf"
	"github.com/seldonctl/seldonctl/manifest"
)

// Use is an image at the place where it is used.
type Use struct {
	Image  string
	Object manifest.ID
	// Container is the name of the container, empty for an image volume.
	Container string
	// Path is the field of the object.
	Path string
	// Source is where the name comes from, and License the SPDX identifier of an
	// image's licence if the release decides it, as far as a [Finder] was asked.
	Source  Source
	License string
}

// In yields the images that an object's pods use, in the order of their fields.
func In(id manifest.ID, object []byte) iter.Seq[Use] {
	return func(yield func(Use) bool) {
		// A container's name may stand before or after its image.
		var found []Use
		names := map[string]string{}
		for l := range leaf.Walk(object) {
			switch path, isName := strings.CutSuffix(l.Path, ".name"); {
			case isImage(l.Path) && l.String() != "":
				found = append(found, Use{Image: l.String(), Object: id, Path: l.Path})
			case isName && strings.HasSuffix(path, "]"):
				names[path] = l.String()
			}
		}
		for _, use := range found {
			use.Container = names[strings.TrimSuffix(use.Path, ".image")]
			if !yield(use) {
				return
			}
		}
	}
}

// isImage reports whether a field is the image of a container or of an image
// volume, in the pods of any kind of object.
func isImage(path string) bool {
	above, ok := strings.CutSuffix(path, "].image")
	if !ok {
		above, ok = strings.CutSuffix(path, "].image.reference")
	}
	list := above[:strings.LastIndexByte(above, '[')+1]
	if !ok || list == "" {
		return false
	}
	switch list = list[strings.LastIndexByte(list, '.')+1 : len(list)-1]; list {
	case "containers", "initContainers", "ephemeralContainers", "volumes":
		return true
	}
	return false
}

// Rewriter changes the names of images in objects.
type Rewriter struct {
	Mirrors Mirrors
	// Lock may be nil.
	Lock *Lock
}

// Apply changes the images of rendered objects, in place, and returns findings
// about those that the lock has no digest for. Doing it twice changes nothing more.
func (r Rewriter) Apply(objects []manifest.Object) finding.List {
	if len(r.Mirrors) == 0 && r.Lock == nil {
		return nil
	}
	var findings finding.List
	rename := func(image *string) {
		if *image != "" {
			var f finding.List
			*image, f = r.rename(*image)
			findings = append(findings, f...)
		}
	}
	for _, o := range objects {
		pods, ok := o.Value.(interface{ PodSpec() *corev1.PodSpec })
		if !ok || pods.PodSpec() == nil {
			continue
		}
		pod := pods.PodSpec()
		for i := range pod.InitContainers {
			rename(&pod.InitContainers[i].Image)
		}
		for i := range pod.Containers {
			rename(&pod.Containers[i].Image)
		}
		for i := range pod.EphemeralContainers {
			rename(&pod.EphemeralContainers[i].Image)
		}
	}
	return findings
}

// rename returns the name of an image as it is to be.
func (r Rewriter) rename(image string) (string, finding.List) {
	renamed, locked := r.Lock.apply(r.Mirrors.apply(image), image)
	if locked {
		return renamed, nil
	}
	return renamed, finding.List{finding.New(finding.ImageNotLocked, nil, "%s has no digest in %s", image, r.Lock.file).
		WithHint("fill it in, or renew the lock with `seldonctl images -o lock`")}
}
