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

// marked is written otherwise by its encoder than by encoding/json, to tell them apart.
type marked struct{}

func (marked) EncodeTo(e manifest.Encoder) {
	e.BeginMap()
	e.Field("by")
	e.Text("itself")
	e.EndMap()
}

func (marked) MarshalJSON() ([]byte, error) { return []byte(`{"by":"reflection"}`), nil }

func TestEncodableObjectsAreWrittenByThemselves(t *testing.T) {
	t.Parallel()
	f, err := manifest.NewFormat("yaml")
	if err != nil {
		t.Fatal(err)
	}
	_, text, err := manifest.Encode(f, nil, manifest.Object{Kind: "Pod", Name: "p", Value: marked{}})
	if want := "by: itself\n"; err != nil || string(text) != want {
		t.Errorf("got %q and %v, want %q", text, err, want)
	}
}
