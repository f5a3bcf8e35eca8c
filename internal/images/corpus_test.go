package images_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"sigs.k8s.io/yaml"

	"github.com/seldonctl/seldonctl/internal/corpus"
	"github.com/seldonctl/seldonctl/internal/images"
	"github.com/seldonctl/seldonctl/internal/leaf"
	"github.com/seldonctl/seldonctl/manifest"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/render"
	"github.com/seldonctl/seldonctl/seldon"
)

// Over all recordings: the images found are those that another walk of the
// output as it is written finds, and each has a source that names it.
func TestCorpus(t *testing.T) {
	t.Parallel()
	seen := map[images.Kind]int{}
	for _, rel := range release.All() {
		t.Run(rel.Version, func(t *testing.T) {
			for c := range corpus.Cases(t, rel) {
				renderer, _ := render.New(c.Config)
				finder := images.NewFinder(renderer)
				for _, doc := range c.Documents {
					sd, _, _ := c.Decoder.Deployment(doc)
					objects := renderer.Render(render.Input{Deployment: sd}).Objects
					marked, locator, _ := c.Decoder.Deployment(doc)
					uses, err := finder.Find(marked, locator, objects)
					if err != nil {
						t.Fatal(err)
					}
					var got, want []string
					for _, use := range uses {
						got = append(got, use.Image)
					}
					for _, text := range texts(t, objects) {
						want = append(want, otherWalk(t, text)...)
					}
					slices.Sort(got)
					slices.Sort(want)
					if !slices.Equal(got, want) {
						t.Errorf("%s: (-want +got):\n%s", c, cmp.Diff(want, got))
					}
					for _, use := range uses {
						seen[use.Source.Kind]++
						checkSource(t, c, sd, use)
					}
				}
			}
		})
	}
	for _, kind := range []images.Kind{images.Input, images.Value, images.Default} {
		if seen[kind] == 0 {
			t.Errorf("no image of source %s in the corpus", kind)
		}
	}
}

// otherWalk returns every image field of an object, as it is written.
func otherWalk(t *testing.T, object []byte) []string {
	t.Helper()
	text, err := manifest.AppendYAML(nil, object)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := yaml.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	var found []string
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key, v := range v {
				if text, ok := v.(string); ok && key == "image" {
					found = append(found, text)
				}
				walk(v)
			}
		case []any:
			for _, v := range v {
				walk(v)
			}
		}
	}
	walk(tree)
	return found
}

// checkSource holds an image against what stands at its source.
func checkSource(t *testing.T, c corpus.Case, sd *seldon.Deployment, use images.Use) {
	t.Helper()
	s, says := use.Source, ""
	switch {
	case s.Kind == images.Input:
		text, err := json.Marshal(sd)
		if err != nil {
			t.Fatal(err)
		}
		for l := range leaf.Walk(text) {
			if l.Path == s.Key {
				says = l.String()
			}
		}
	case s.Key == "":
		says = c.Config.Release.Storage.Image
	default:
		says = valueAt(c.Config, s.Key)
	}
	if says == "" || use.Image != says && !strings.HasPrefix(use.Image, says+":") {
		t.Errorf("%s: %s at %s is said to come from %s %q, which is %q", c, use.Image, use.Path, s.Kind, s.Key, says)
	}
}

// valueAt returns the image that a key of the values, or a variable, names.
func valueAt(config render.Config, key string) string {
	for _, row := range config.Release.Variables {
		if row.Key == key || row.Name == key {
			text, _ := config.Values.Variable(row.Name)
			return text
		}
	}
	top, rest, _ := strings.Cut(key, ".")
	content, _ := config.Values.Config(top)
	for part := range strings.SplitSeq(rest, ".") {
		m, _ := content.(map[string]any)
		content = m[part]
	}
	text, _ := content.(string)
	return text
}

// A mirror and a lock of all images change every image and nothing else, and
// doing it again changes nothing.
func TestRewriteCorpus(t *testing.T) {
	t.Parallel()
	mirrors, err := images.ParseMirrors([]string{"docker.io=registry.example.org/hub", "docker.io/seldonio=registry.example.org/seldon", "gcr.io=registry.example.org/gcr"})
	if err != nil {
		t.Fatal(err)
	}
	for c := range corpus.Cases(t, release.Default()) {
		renderer, _ := render.New(c.Config)
		for _, doc := range c.Documents {
			sd, _, _ := c.Decoder.Deployment(doc)
			objects := renderer.Render(render.Input{Deployment: sd}).Objects
			lock := lockOf(t, objects)
			rewriter := images.Rewriter{Mirrors: mirrors, Lock: lock}
			before := texts(t, objects)
			if findings := rewriter.Apply(objects); len(findings) > 0 {
				t.Fatal(findings)
			}
			once := texts(t, objects)
			rewriter.Apply(objects)
			if diff := cmp.Diff(once, texts(t, objects)); diff != "" {
				t.Errorf("%s: rewriting twice is not rewriting once:\n%s", c, diff)
			}
			for i := range once {
				checkRewritten(t, c, before[i], once[i])
			}
		}
	}
}

// checkRewritten looks for images that are not at a mirror, or have no digest,
// and for anything else that changed.
func checkRewritten(t *testing.T, c corpus.Case, before, after []byte) {
	t.Helper()
	old := map[string]string{}
	for l := range leaf.Walk(before) {
		old[l.Path] = l.String()
	}
	for l := range leaf.Walk(after) {
		path, got := l.Path, l.String()
		if !strings.HasSuffix(path, ".image") {
			if got != old[path] {
				t.Errorf("%s: %s became %s", c, path, got)
			}
			continue
		}
		if !strings.HasPrefix(got, "registry.example.org/") && strings.HasPrefix(images.FullName(old[path]), "docker.io/") || !strings.Contains(got, "@sha256:") {
			t.Errorf("%s: %s is %s", c, path, got)
		}
	}
}

func texts(t *testing.T, objects []manifest.Object) [][]byte {
	t.Helper()
	var out [][]byte
	for _, o := range objects {
		text, err := leaf.JSON(o.Value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, text)
	}
	return out
}

// lockOf returns a lock with a digest for every image.
func lockOf(t *testing.T, objects []manifest.Object) *images.Lock {
	t.Helper()
	lines := map[string]string{}
	for _, text := range texts(t, objects) {
		for use := range images.In(manifest.ID{}, text) {
			lines[use.Image] = "sha256:" + strings.Repeat("ab", 32)
		}
	}
	data, err := json.Marshal(lines)
	if err != nil {
		t.Fatal(err)
	}
	lock, findings := images.ReadLock("lock.yaml", data)
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	return lock
}
