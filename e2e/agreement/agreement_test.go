package agreement

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	image := Said{Object: "Deployment/a", Refused: true, Text: "spec.template.spec.containers[0].image: Required value"}
	odd := Said{Object: "Deployment/a", Text: "something new"}
	for name, test := range map[string]struct {
		said  []Said
		found []string
		want  Verdict
	}{
		"a refusal that a finding announces": {
			said: []Said{image}, found: []string{"SDC531"},
			want: Verdict{Announced: map[string]int{"SDC531": 1}},
		},
		"a refusal that another finding does not announce": {
			said: []Said{image}, found: []string{"SDC501"},
			want: Verdict{Announced: map[string]int{}, Silent: []Said{image}, Wolf: []string{"SDC501"}},
		},
		"words that no row knows": {
			said: []Said{odd}, found: []string{"SDC531", "SDC531"},
			want: Verdict{Announced: map[string]int{}, Silent: []Said{odd}, Wolf: []string{"SDC531"}},
		},
		"a warning that did not come": {
			found: []string{"SDC525"},
			want:  Verdict{Announced: map[string]int{}, Wolf: []string{"SDC525"}},
		},
		"a warning that did not come because the object was refused": {
			said: []Said{image}, found: []string{"SDC525", "SDC531"},
			want: Verdict{Announced: map[string]int{"SDC531": 1}},
		},
		"a finding that announces nothing": {
			found: []string{"SDC401"},
			want:  Verdict{Announced: map[string]int{}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, Check(test.said, test.found)); diff != "" {
				t.Errorf("verdict (- want, + got):\n%s", diff)
			}
		})
	}
}

func TestListForgivesWhatItNamesOnly(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "known.yaml")
	text := "- {says: new$, cases: ^1.7.0/, why: known}\n- {code: SDC531, why: known too}\n- {code: SDC501, why: mended}\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := ReadList(path)
	if err != nil {
		t.Fatal(err)
	}
	odd := Said{Object: "Deployment/a", Text: "something new"}
	old := Verdict{Silent: []Said{odd}, Wolf: []string{"SDC531", "SDC502"}}
	list.Forgive(&old, "1.7.0/default/authored/a")
	if diff := cmp.Diff(Verdict{Wolf: []string{"SDC502"}}, old); diff != "" {
		t.Errorf("verdict on 1.7.0 (- want, + got):\n%s", diff)
	}
	late := Verdict{Silent: []Said{odd}}
	list.Forgive(&late, "1.18.2/default/authored/a")
	if diff := cmp.Diff(Verdict{Silent: []Said{odd}}, late); diff != "" {
		t.Errorf("verdict on 1.18.2 (- want, + got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"SDC501 "}, list.Unused()); diff != "" {
		t.Errorf("unused entries (- want, + got):\n%s", diff)
	}
}

func TestReadListWantsAReason(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "known.yaml")
	if err := os.WriteFile(path, []byte("- {code: SDC531}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadList(path); err == nil || err.Error() != path+": entry 1 needs why, and either says or code" {
		t.Errorf("got %v", err)
	}
}
