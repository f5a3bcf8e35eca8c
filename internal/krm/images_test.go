package krm_test

import (
	"strings"
	"testing"
)

func TestImagesComeFromMirrorsWithDigests(t *testing.T) {
	t.Parallel()
	digest := "@sha256:" + strings.Repeat("1", 64)
	var lock strings.Builder
	for _, image := range []string{"seldonio/sklearnserver:1.7.0", "docker.io/seldonio/seldon-core-executor:1.7.0", "gcr.io/kfserving/storage-initializer:v0.4.0"} {
		lock.WriteString(image + ": " + digest[1:] + "\n")
	}
	config := configOf("mirrors: [docker.io=registry.example.org/hub]\nimageLock: lock.yaml")
	got := call(t, listOf([]string{modelIn("iris"), other}, config), "lock.yaml", lock.String())
	for _, want := range []string{
		"image: registry.example.org/hub/seldonio/sklearnserver:1.7.0" + digest,
		"image: registry.example.org/hub/seldonio/seldon-core-executor:1.7.0" + digest,
		"image: gcr.io/kfserving/storage-initializer:v0.4.0" + digest,
	} {
		if !strings.Contains(got.stdout, want) {
			t.Errorf("there is no %s in\n%s", want, got.stdout)
		}
	}
	if again := call(t, got.stdout, "lock.yaml", lock.String()); got.code != 0 || again.stdout != got.stdout {
		t.Errorf("exit code %d, or a second run changes the list", got.code)
	}
}

func TestFaultsOfImageOptions(t *testing.T) {
	t.Parallel()
	for option, want := range map[string]string{
		"mirrors: [docker.io]":  "spec.mirrors: a mirror is FROM=TO",
		"imageLock: none.yaml":  "spec.imageLock",
		"imageLock: list.yaml":  "the image lock must map images to digests",
		"imageLock: empty.yaml": "seldonio/sklearnserver:1.7.0 has no digest in empty.yaml",
	} {
		got := call(t, listOf([]string{modelIn("iris")}, configOf(option)), "list.yaml", "- x", "empty.yaml", "")
		if got.code != 1 || !strings.Contains(got.stderr, want) {
			t.Errorf("%s: exit code %d, %s", option, got.code, got.stderr)
		}
	}
}
