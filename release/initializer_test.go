package release_test

import (
	"testing"

	"github.com/seldonctl/seldonctl/release"
)

func TestInitializerOf(t *testing.T) {
	t.Parallel()
	for image, want := range map[string]release.Initializer{
		"seldonio/rclone-storage-initializer:1.18.2":  release.RcloneInitializer,
		"gcr.io/kfserving/storage-initializer:v0.4.0": release.KFServingInitializer,
		"kserve/storage-initializer:v0.11":            release.KFServingInitializer,
		"gcr.io/kfserving/model-initializer:latest":   release.KFServingInitializer,
		"mine:1": 0, "": 0,
	} {
		if got, known := release.InitializerOf(image); got != want || known != (want != 0) {
			t.Errorf("%s: got %d, %t", image, got, known)
		}
	}
}
