package values_test

import (
	"testing"

	"github.com/seldonctl/seldonctl/values"
)

func TestNamedRelease(t *testing.T) {
	t.Parallel()
	file := func(text string) values.Overlay { return values.File("values.yaml", []byte(text)) }
	for name, test := range map[string]struct {
		overlays []values.Overlay
		want     string
	}{
		"no file":                {},
		"a file without":         {[]values.Overlay{file("istio: {enabled: true}\n")}, ""},
		"a file":                 {[]values.Overlay{file("seldonctl: {seldonVersion: 1.15.1}\n")}, "1.15.1"},
		"a number keeps zeros":   {[]values.Overlay{file("seldonctl:\n  seldonVersion: 1.10\n")}, "1.10"},
		"the last file wins":     {[]values.Overlay{file("seldonctl: {seldonVersion: 1.9}\n"), file("seldonctl: {seldonVersion: v1.12.0}\n"), file("a: b\n")}, "v1.12.0"},
		"null says nothing":      {[]values.Overlay{file("seldonctl: {seldonVersion: 1.9}\n"), file("seldonctl: {seldonVersion: null}\n")}, "1.9"},
		"elsewhere in the file":  {[]values.Overlay{file("other: {seldonVersion: 1.9}\n")}, ""},
		"no YAML":                {[]values.Overlay{file("seldonctl: {seldonVersion\n")}, ""},
		"settings are not asked": {[]values.Overlay{values.Set("--set", "seldonctl.seldonVersion=1.9")}, ""},
	} {
		if got := values.NamedRelease(test.overlays...); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
	if _, list := values.Load(rel(t, "1.9.1"), file("seldonctl: {seldonVersion: 1.9.1}\n")); len(list) > 0 {
		t.Errorf("got %v, want no findings about a release", said(list))
	}
}
