package architecture

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
)

// TestThreatModelNamesTests looks for the tests that docs/threat-model.md says
// hold its lines.
func TestThreatModelNamesTests(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/threat-model.md")
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`script/(\w+)|\b((?:Test|Fuzz)[A-Z]\w+)`).FindAllSubmatch(page, -1)
	if len(named) < 10 {
		t.Fatalf("%d tests are named", len(named))
	}
	for _, name := range named {
		if script := string(name[1]); script != "" {
			if _, err := os.Stat(filepath.Join("../../cmd/seldonctl/testdata/script", script+".txtar")); err != nil {
				t.Error(err)
			}
			continue
		}
		grep := exec.CommandContext(t.Context(), "grep", "-rqE", "--include=*_test.go", "^func "+string(name[2])+`\(`, "../..")
		if err := grep.Run(); err != nil {
			t.Errorf("there is no test %s", name[2])
		}
	}
}
