package images

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/leaf"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
	"github.com/seldonctl/seldonctl/values"
)

// Kind says what kind of place names an image.
type Kind string

// The kinds of sources.
const (
	// Input is a field of the SeldonDeployment.
	Input Kind = "input"
	// Value is a value that a file, a flag or a running operator sets.
	Value Kind = "value"
	// Default is a value of the release's chart, or the operator's own fallback.
	Default Kind = "default"
	// Document is an object that is passed through.
	Document Kind = "document"
)

// Source is where the name of an image comes from.
type Source struct {
	Kind Kind
	// Key is the field of the SeldonDeployment, the key of the values or the
	// operator's variable; empty for the operator's own fallback.
	Key string
	// Pos is where it stands, if it does in a file or a flag.
	Pos finding.Position
}

// Finder finds the sources of images: it renders once more with a mark in place
// of each image that is named anywhere, and looks which marks come out.
type Finder struct {
	marked  *render.Renderer
	release *release.Release
	// sources are what the marks stand for.
	sources []Source
	locator finding.Locator
}

// NewFinder returns a finder for what a renderer renders.
func NewFinder(r *render.Renderer) *Finder {
	f := &Finder{}
	config := r.Config()
	f.release = config.Release
	v := config.Values
	for _, row := range config.Release.Variables {
		if text, _ := v.Variable(row.Name); text == "" || !row.Image && !strings.HasPrefix(row.Name, "RELATED_IMAGE_") {
			continue
		}
		key := row.Key
		if key == "" {
			key = row.Name
		}
		config.Values = config.Values.WithVariable(row.Name, f.mark(sourceOf(key, v.VariableOrigin(row.Name))))
	}
	for _, key := range release.ConfigKeys() {
		if content, ok := v.Config(key); ok {
			config.Values = config.Values.WithConfig(key, f.markConfig(v, content, key))
		}
	}
	f.marked, _ = render.New(config)
	return f
}

func sourceOf(key string, origin values.Origin) Source {
	s := Source{Kind: Value, Key: key, Pos: origin.Pos}
	if origin.Source == values.Default {
		s.Kind = Default
	}
	return s
}

// markConfig marks the images in a part of the ConfigMap.
func (f *Finder) markConfig(v *values.Values, content any, path string) any {
	m, ok := content.(map[string]any)
	if !ok {
		return content
	}
	marked := maps.Clone(m)
	for _, key := range slices.Sorted(maps.Keys(m)) {
		below := path + "." + key
		text, isText := m[key].(string)
		switch {
		case !isText:
			marked[key] = f.markConfig(v, m[key], below)
		case text != "" && (key == "image" || strings.HasPrefix(key, "image_")):
			marked[key] = f.mark(sourceOf(below, v.Origin(below)))
		}
	}
	return marked
}

// markPrefix begins names that no image has: the domain is reserved.
const markPrefix = "seldonctl.invalid/"

func (f *Finder) mark(s Source) string {
	f.sources = append(f.sources, s)
	return markPrefix + strconv.Itoa(len(f.sources)-1)
}

// Find returns the images of what a SeldonDeployment rendered to, with their
// sources. It changes the SeldonDeployment. The locator may be nil.
func (f *Finder) Find(sd *seldon.Deployment, locator finding.Locator, objects []manifest.Object) ([]Use, error) {
	uses, err := usesOf(objects)
	if err != nil {
		return nil, err
	}
	own := &Finder{locator: locator, sources: slices.Clip(f.sources)}
	own.markInput(sd)
	marked, err := usesOf(f.marked.Render(render.Input{Deployment: sd}).Objects)
	if err != nil {
		return nil, err
	}
	marks := map[place]string{}
	for _, use := range marked {
		marks[place{use.Object, use.Path}] = use.Image
	}
	for i := range uses {
		uses[i].Source = own.sourceOf(marks[place{uses[i].Object, uses[i].Path}])
		if ofRelease(uses[i].Image, f.release) {
			uses[i].License = f.release.License
		}
	}
	return uses, nil
}

// ofRelease reports whether an image is one of Seldon Core's own of a release,
// wherever it is pulled from.
func ofRelease(image string, r *release.Release) bool {
	name, _, _ := strings.Cut(FullName(image), "@")
	return strings.Contains(name, "/seldonio/") && strings.HasSuffix(name, ":"+r.ImageTag)
}

func usesOf(objects []manifest.Object) ([]Use, error) {
	var uses []Use
	for _, o := range objects {
		text, err := leaf.JSON(o.Value)
		if err != nil {
			return nil, err
		}
		uses = slices.AppendSeq(uses, In(o.ID(), text))
	}
	return uses, nil
}

// OfDocument returns the images of an object that is passed through, as JSON.
func OfDocument(text []byte, object finding.Object, at finding.Position) []Use {
	id := manifest.Object{APIVersion: object.APIVersion, Kind: object.Kind, Namespace: object.Namespace, Name: object.Name}.ID()
	uses := slices.Collect(In(id, text))
	for i := range uses {
		uses[i].Source = Source{Kind: Document, Pos: at}
	}
	return uses
}

// sourceOf returns the source of what a mark has become. A name without a mark
// is the operator's own.
func (f *Finder) sourceOf(image string) Source {
	rest, _ := strings.CutPrefix(image, markPrefix)
	number, _, _ := strings.Cut(rest, ":")
	if i, err := strconv.Atoi(number); err == nil && i >= 0 && i < len(f.sources) {
		return f.sources[i]
	}
	return Source{Kind: Default}
}

// markInput marks the images that a SeldonDeployment names.
func (f *Finder) markInput(sd *seldon.Deployment) {
	for i := range sd.Spec.Predictors {
		pred := &sd.Spec.Predictors[i]
		path := field.NewPath("spec", "predictors").Index(i)
		for j, cs := range pred.ComponentSpecs {
			if cs != nil {
				f.markPod(&cs.Spec, path.Child("componentSpecs").Index(j).Child("spec"))
			}
		}
		for below, unit := range pred.Graph.Walk(path.Child("graph")) {
			f.markField(&unit.StorageInitializerImage, below.Child("storageInitializerImage"))
		}
		if e := pred.Explainer; e != nil {
			f.markField(&e.StorageInitializerImage, path.Child("explainer", "storageInitializerImage"))
			f.markField(&e.ContainerSpec.Image, path.Child("explainer", "containerSpec", "image"))
		}
	}
}

func (f *Finder) markPod(pod *corev1.PodSpec, path *field.Path) {
	for k := range pod.InitContainers {
		f.markField(&pod.InitContainers[k].Image, path.Child("initContainers").Index(k).Child("image"))
	}
	for k := range pod.Containers {
		f.markField(&pod.Containers[k].Image, path.Child("containers").Index(k).Child("image"))
	}
	for k := range pod.EphemeralContainers {
		f.markField(&pod.EphemeralContainers[k].Image, path.Child("ephemeralContainers").Index(k).Child("image"))
	}
}

func (f *Finder) markField(image *string, path *field.Path) {
	if *image == "" {
		return
	}
	s := Source{Kind: Input, Key: path.String()}
	if f.locator != nil {
		s.Pos = f.locator.Locate(path)
	}
	*image = f.mark(s)
}

// place is a field of an object.
type place struct {
	object manifest.ID
	path   string
}
