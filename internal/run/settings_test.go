package run_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/run"
	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

// operatorOf is the Deployment of a manager whose image has a tag.
func operatorOf(tag string) string {
	return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: seldon-controller-manager}\n" +
		"spec: {template: {spec: {containers: [{name: manager, image: 'seldonio/seldon-core-operator:" + tag + "'}]}}}\n"
}

func TestTheReleaseIsThatOfTheSettingsThenTheValuesThenTheOperator(t *testing.T) {
	t.Parallel()
	files := map[string]string{
		"1.15.yaml": "seldonctl: {seldonVersion: 1.15.1}\n", "1.30.yaml": "seldonctl: {seldonVersion: 1.30.0}\n",
		"operator.yaml": operatorOf("1.17.1"), "fork.yaml": operatorOf("1.17.1-fork"),
	}
	for name, c := range map[string]struct {
		settings run.Settings
		inline   string
		want     string
		warns    bool
		fails    bool
	}{
		"nothing says":                   {want: release.DefaultVersion},
		"the operator":                   {settings: run.Settings{Operator: []string{"operator.yaml"}}, want: "1.17.1"},
		"values over the operator":       {settings: run.Settings{Operator: []string{"operator.yaml"}, ValuesFiles: []string{"1.15.yaml"}}, want: "1.15.1", warns: true},
		"inline values over files":       {settings: run.Settings{ValuesFiles: []string{"1.15.yaml"}}, inline: "seldonctl: {seldonVersion: 1.12.0}", want: "1.12.0"},
		"settings over values":           {settings: run.Settings{SeldonVersion: "1.18.2", ValuesFiles: []string{"1.15.yaml"}}, want: "1.18.2"},
		"settings like the operator":     {settings: run.Settings{SeldonVersion: "1.17.1", Operator: []string{"operator.yaml"}}, want: "1.17.1"},
		"an operator that is not known":  {settings: run.Settings{Operator: []string{"fork.yaml"}}, want: release.DefaultVersion, warns: true},
		"a release known to settings":    {settings: run.Settings{SeldonVersion: "1.17.1", Operator: []string{"fork.yaml"}}, want: "1.17.1"},
		"values of an unknown release":   {settings: run.Settings{ValuesFiles: []string{"1.30.yaml"}}, want: release.DefaultVersion, fails: true},
		"settings over an unknown value": {settings: run.Settings{SeldonVersion: "1.18.2", ValuesFiles: []string{"1.30.yaml"}}, want: "1.18.2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			config, faults := c.settings.Config()
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			var overlays []values.Overlay
			if c.inline != "" {
				overlays = append(overlays, values.File("inline", []byte(c.inline)))
			}
			findings, err := c.settings.Load(&config, func(_ finding.Option, name string) (string, []byte, bool) {
				return name, []byte(files[name]), true
			}, overlays...)
			warned := false
			for _, f := range findings {
				warned = warned || f.Code == finding.OperatorRelease
			}
			if config.Release.Version != c.want || warned != c.warns || (err != nil) != c.fails || config.Values == nil {
				t.Errorf("release %s, warned %v, error %v; want %s, %v, %v", config.Release.Version, warned, err, c.want, c.warns, c.fails)
			}
		})
	}
}

func TestFaultsOfSettingsNameTheirOptions(t *testing.T) {
	t.Parallel()
	s := run.Settings{SeldonVersion: "0", KubeVersion: "new", Namespace: "My NS", Validate: "perhaps", Mirrors: []string{"hub"}}
	_, faults := s.Config()
	var flags []string
	for _, f := range faults {
		flags = append(flags, f.Option.Flag)
	}
	if diff := cmp.Diff([]string{"seldon-version", "kube-version", "namespace", "validate", "mirror"}, flags); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if _, faults := (&run.Reporting{Disable: []string{"SDC999"}}).Policy(); len(faults) != 1 || faults[0].Option.Flag != "disable" {
		t.Errorf("%v", faults)
	}
}

func TestEveryOptionHasAPlaceOfItsOwn(t *testing.T) {
	t.Parallel()
	var s run.Settings
	var r run.Reporting
	seen := map[any]bool{}
	for _, o := range append(s.Options(), r.Options()...) {
		for _, key := range []any{o.Name, "--" + o.Flag, o.To} {
			if seen[key] {
				t.Errorf("%s: %v is that of another option", o.Name, key)
			}
			seen[key] = true
		}
		if o.Name == "" || o.Flag == "" || o.Usage == "" {
			t.Errorf("%+v lacks something", o)
		}
	}
}
