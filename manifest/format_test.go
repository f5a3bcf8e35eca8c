package manifest_test

import (
	"testing"

	"github.com/seldonctl/seldonctl/manifest"
)

func TestNewFormatNamesTheFormatsThereAre(t *testing.T) {
	t.Parallel()
	_, err := manifest.NewFormat("xml")
	if want := `unknown output format "xml"; use yaml, json or name`; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestEncodeNamesTheObjectThatCannotBe(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"yaml", "json"} {
		f, err := manifest.NewFormat(name)
		if err != nil {
			t.Fatal(err)
		}
		_, dst, err := manifest.Encode(f, []byte("x"), manifest.Object{Kind: "Pod", Name: "p", Value: func() {}})
		if want := `cannot encode Pod "p": json: unsupported type: func()`; err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", name, err, want)
		}
		if string(dst) != "x" {
			t.Errorf("%s: dst became %q", name, dst)
		}
	}
}
