package values_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

var update = flag.Bool("update", false, "write the golden files")

// roundTrip asks that written values load as the same settings.
func roundTrip(t testing.TB, v *values.Values, r *release.Release) {
	t.Helper()
	for _, options := range []values.WriteOptions{{}, {Origins: true}} {
		var out bytes.Buffer
		if err := v.WriteYAML(&out, options); err != nil {
			t.Fatal(err)
		}
		again, list := values.Load(r, values.File("written.yaml", out.Bytes()))
		if diff := cmp.Diff(settings(v, r), settings(again, r)); diff != "" {
			t.Errorf("variables changed (-before +after):\n%s\n%s%s", diff, said(list), out.String())
		}
		if diff := cmp.Diff(configs(v), configs(again)); diff != "" {
			t.Errorf("config changed (-before +after):\n%s\n%s%s", diff, said(list), out.String())
		}
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-want +got), run with -update to accept:\n%s", file, diff)
	}
}

func TestWriteYAML(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, version string
		overlays      []values.Overlay
		options       values.WriteOptions
	}{
		{"written-defaults-1.7.0.yaml", "1.7.0", nil, values.WriteOptions{}},
		{"written-defaults-1.18.2.yaml", "1.18.2", nil, values.WriteOptions{Origins: true}},
		{
			"written-origins.yaml", "1.7.0",
			[]values.Overlay{
				values.File("mine.yaml", []byte("defaultUserID: 1000690000\ncredentials: null\nextra: [a, {b: 'yes'}]\n"+
					"seldonctl:\n  operator: {USE_EXECUTOR: false, RELATED_IMAGE_EXECUTOR: null}\n  credentials: {key: secret}\n")),
				values.Set("--set", `engine.user=1000690000,istio.gateway=a"b`),
			},
			values.WriteOptions{Origins: true},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			v, _ := values.Load(rel(t, tt.version), tt.overlays...)
			var out bytes.Buffer
			if err := v.WriteYAML(&out, tt.options); err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(out.Bytes(), []byte("secret\n")) {
				t.Error("a credential is written")
			}
			golden(t, tt.name, out.Bytes())
			roundTrip(t, v, rel(t, tt.version))
		})
	}
}

func TestDeepMapsAreWrittenWithoutGrowing(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("{a: ", 2000) + "1" + strings.Repeat("}", 2000)
	v, list := values.Load(rel(t, "1.7.0"), values.File("v.yaml", []byte(deep)))
	if list.HasErrors() {
		t.Fatal(said(list))
	}
	var out bytes.Buffer
	if err := v.WriteYAML(&out, values.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if out.Len() > 5*len(deep) {
		t.Errorf("%d bytes became %d", len(deep), out.Len())
	}
	again, _ := values.Load(rel(t, "1.7.0"), values.File("v.yaml", out.Bytes()))
	before, _ := v.Section("a")
	after, _ := again.Section("a")
	if !reflect.DeepEqual(before, after) {
		t.Error("the map changed")
	}
}
