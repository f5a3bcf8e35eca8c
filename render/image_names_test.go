package render

import "testing"

func TestIsImage(t *testing.T) {
	t.Parallel()
	for _, good := range []string{
		"classifier", "classifier:1", "seldonio/sklearnserver:1.7.0", "example.org/classifier:1.0", "localhost/x", "localhost:5000/x/y:z",
		"Example.org/x", "my-registry:5000/x", "10.0.0.1:5000/x", "[::1]:5000/x", "a__b/c-d.e:v_1", "gcr.io/k/x@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
		"x:1@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", "x:Tag-1",
	} {
		if !isImage(good) {
			t.Errorf("%q is an image", good)
		}
	}
	for _, bad := range []string{
		"", "Classifier", "example.org/Foo:1", "foo bar", "https://example.org/foo:1", "x:", "x:-1", "x:a b", "x@", "x@sha256:12", "/x", "x/", "a//b", "-x", "a..b", "example.org/x:1/y",
	} {
		if isImage(bad) {
			t.Errorf("%q is taken for an image", bad)
		}
	}
}
