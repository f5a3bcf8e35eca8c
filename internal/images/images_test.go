package images_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	corev1 "k8s.io/api/core/v1"

	"github.com/seldonctl/seldonctl/internal/images"
	"github.com/seldonctl/seldonctl/internal/leaf"
	"github.com/seldonctl/seldonctl/manifest"
)

func TestFullName(t *testing.T) {
	t.Parallel()
	for short, full := range map[string]string{
		"nginx":                             "docker.io/library/nginx",
		"nginx:1.25":                        "docker.io/library/nginx:1.25",
		"seldonio/mlserver:1.3.5":           "docker.io/seldonio/mlserver:1.3.5",
		"docker.io/nginx":                   "docker.io/library/nginx",
		"docker.io/seldonio/x":              "docker.io/seldonio/x",
		"index.docker.io/seldonio/x":        "docker.io/seldonio/x",
		"localhost/x":                       "localhost/x",
		"registry:5000/x":                   "registry:5000/x",
		"nvcr.io/nvidia/tritonserver:21.08": "nvcr.io/nvidia/tritonserver:21.08",
		"nginx@sha256:0":                    "docker.io/library/nginx@sha256:0",
	} {
		if got := images.FullName(short); got != full {
			t.Errorf("%s is %s, want %s", short, got, full)
		}
	}
}

func TestMirrors(t *testing.T) {
	t.Parallel()
	const digest = "@sha256:" + "0000000000000000000000000000000000000000000000000000000000000000"
	tests := map[string]struct {
		mirrors     []string
		image, want string
	}{
		"a registry":                     {[]string{"docker.io=r.example.org/m"}, "docker.io/seldonio/x:1", "r.example.org/m/seldonio/x:1"},
		"a short name":                   {[]string{"docker.io=r.example.org/m"}, "seldonio/x:1", "r.example.org/m/seldonio/x:1"},
		"an official image":              {[]string{"docker.io=r.example.org/m"}, "nginx", "r.example.org/m/library/nginx"},
		"the longest prefix":             {[]string{"docker.io=a.example.org", "docker.io/seldonio=b.example.org/s"}, "seldonio/x", "b.example.org/s/x"},
		"the longest prefix, given last": {[]string{"docker.io/seldonio=b.example.org/s", "docker.io=a.example.org"}, "seldonio/x", "b.example.org/s/x"},
		"a folder without registry":      {[]string{"seldonio=b.example.org/s"}, "docker.io/seldonio/x", "b.example.org/s/x"},
		"a whole image":                  {[]string{"docker.io/seldonio/x=b.example.org/y"}, "seldonio/x:1" + digest, "b.example.org/y:1" + digest},
		"only whole parts of a name":     {[]string{"docker.io/seldon=b.example.org"}, "docker.io/seldonio/x", "docker.io/seldonio/x"},
		"another registry":               {[]string{"docker.io=r.example.org"}, "nvcr.io/nvidia/x", "nvcr.io/nvidia/x"},
		"a port":                         {[]string{"registry:5000=r.example.org:443/m"}, "registry:5000/x", "r.example.org:443/m/x"},
		"a mirror in the same registry":  {[]string{"docker.io=docker.io/mirror"}, "docker.io/seldonio/x", "docker.io/mirror/seldonio/x"},
		"an image at the mirror":         {[]string{"docker.io=docker.io/mirror"}, "mirror/seldonio/x", "mirror/seldonio/x"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mirrors, err := images.ParseMirrors(test.mirrors)
			if err != nil {
				t.Fatal(err)
			}
			got := rewritten(t, images.Rewriter{Mirrors: mirrors}, test.image)
			if got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
			if twice := rewritten(t, images.Rewriter{Mirrors: mirrors}, got); twice != got {
				t.Errorf("rewritten again it is %s", twice)
			}
		})
	}
}

func rewritten(t *testing.T, r images.Rewriter, image string) string {
	t.Helper()
	objects := deployment(image)
	if findings := r.Apply(objects); len(findings) > 0 {
		t.Fatal(findings)
	}
	return imagesOf(t, objects)[0]
}

// deployment returns what a rendered Deployment with these images looks like.
func deployment(names ...string) []manifest.Object {
	var pods pods
	for _, name := range names {
		pods.Containers = append(pods.Containers, corev1.Container{Name: "c", Image: name})
	}
	return []manifest.Object{{APIVersion: "v1", Kind: "Pod", Name: "p", Value: &pods}, {Value: &struct{}{}}}
}

type pods corev1.PodSpec

func (p *pods) PodSpec() *corev1.PodSpec { return (*corev1.PodSpec)(p) }

func imagesOf(t *testing.T, objects []manifest.Object) []string {
	t.Helper()
	text, err := leaf.JSON(objects[0].Value)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for use := range images.In(objects[0].ID(), text) {
		names = append(names, use.Image)
	}
	return names
}

func TestMirrorsThatAreRefused(t *testing.T) {
	t.Parallel()
	for flags, want := range map[string]string{
		"docker.io":                       "FROM=TO",
		"=r.example.org":                  "FROM=TO",
		"docker.io=":                      "FROM=TO",
		"Docker.io=r.example.org":         "FROM=TO",
		"docker.io=https://r.example.org": "FROM=TO",
		"docker.io=mirror/hub":            "not a registry",
		"docker.io=docker.io":             "has no effect",
		"quay.io=r.example.org r.example.org/legacy=s.example.org": "has no effect",
		"docker.io=a.example.org index.docker.io=b.example.org":    "two mirrors",
	} {
		if _, err := images.ParseMirrors(strings.Fields(flags)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want an error with %q", flags, err, want)
		}
	}
}

const someDigest = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

func TestLock(t *testing.T) {
	t.Parallel()
	lock, findings := images.ReadLock("lock.yaml", []byte("docker.io/seldonio/x:1: "+someDigest+"\nnginx:1.25: \"\"\n"))
	if len(findings) > 0 {
		t.Fatal(findings)
	}
	mirrors, err := images.ParseMirrors([]string{"docker.io=r.example.org/m"})
	if err != nil {
		t.Fatal(err)
	}
	own := "seldonio/y@sha256:" + strings.Repeat("b", 64)
	objects := deployment("seldonio/x:1", "nginx:1.25", own)
	found := images.Rewriter{Mirrors: mirrors, Lock: lock}.Apply(objects)
	want := []string{"r.example.org/m/seldonio/x:1@" + someDigest, "r.example.org/m/library/nginx:1.25", "r.example.org/m/" + own}
	if diff := cmp.Diff(want, imagesOf(t, objects)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(found) != 1 || found[0].Message != "nginx:1.25 has no digest in lock.yaml" {
		t.Errorf("found %v", found)
	}
}

// What is written reads as the same lock, whatever the names.
func TestLockIsWrittenAndRead(t *testing.T) {
	t.Parallel()
	known, _ := images.ReadLock("old", []byte("seldonio/x:1: "+someDigest))
	var out strings.Builder
	odd := "weird:name # \"quoted\": \\ é"
	if err := known.Write(&out, []string{"docker.io/seldonio/x:1", odd, "y@" + someDigest, odd}); err != nil {
		t.Fatal(err)
	}
	lock, findings := images.ReadLock("new", []byte(out.String()))
	if len(findings) > 0 {
		t.Fatal(findings, out.String())
	}
	found := images.Rewriter{Lock: lock}.Apply(deployment("seldonio/x:1", odd))
	if len(found) != 1 || !strings.HasPrefix(found[0].Message, odd) {
		t.Error(found)
	}
	if n := strings.Count(out.String(), "weird"); n != 1 {
		t.Errorf("the image stands %d times in\n%s", n, out.String())
	}
}

func TestLocksThatAreRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"- x":                                 "must map images to digests",
		"a: [":                                "not valid YAML",
		"docker.io/x:1: latest":               "not a digest",
		"x:1: sha256:abc":                     "not a digest",
		"a: \"\"\n---\nb: \"\"":               "single document",
		"x: {y: z}":                           "not a digest",
		"x:1: " + strings.ToUpper(someDigest): "not a digest",
		"x:1: " + someDigest + "\ndocker.io/library/x:1: sha256:" + strings.Repeat("b", 64): "a second digest",
	} {
		_, findings := images.ReadLock("lock.yaml", []byte(text))
		if len(findings) != 1 || !strings.Contains(findings[0].Message, want) || findings[0].Pos.File != "lock.yaml" {
			t.Errorf("%q: got %v, want %q", text, findings, want)
		}
	}
}

func TestImagesOfAnyKind(t *testing.T) {
	t.Parallel()
	text := []byte(`{"spec":{"jobTemplate":{"spec":{"template":{"spec":{
		"initContainers":[{"name":"i","image":"a"}],"containers":[{"image":"b","name":"c","env":[{"name":"image","value":"x"}]}],
		"volumes":[{"name":"v","image":{"reference":"d"}}]}}}}},"data":{"image":"none"}}`)
	got := slices.Collect(images.In(manifest.ID{Kind: "CronJob", Name: "j"}, text))
	want := []images.Use{
		{Image: "a", Container: "i", Path: "spec.jobTemplate.spec.template.spec.initContainers[0].image"},
		{Image: "b", Container: "c", Path: "spec.jobTemplate.spec.template.spec.containers[0].image"},
		{Image: "d", Path: "spec.jobTemplate.spec.template.spec.volumes[0].image.reference"},
	}
	for i := range want {
		want[i].Object = manifest.ID{Kind: "CronJob", Name: "j"}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func FuzzLock(f *testing.F) {
	f.Add([]byte("a: " + someDigest))
	f.Add([]byte("? [a]\n: b"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if lock, findings := images.ReadLock("lock.yaml", data); (lock == nil) != (len(findings) > 0) {
			t.Fatal(lock, findings)
		}
	})
}

func TestLocksWithoutImages(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\n", "# nothing yet\n", "{}", "---\n", "null"} {
		if _, findings := images.ReadLock("lock.yaml", []byte(text)); len(findings) > 0 {
			t.Errorf("%q: %v", text, findings)
		}
	}
}
