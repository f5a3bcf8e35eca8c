package krm_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/internal/krm"
)

func TestHintsNameTheOptionOfTheFunction(t *testing.T) {
	t.Parallel()
	got := callWith(t, krm.Function{}, listOf([]string{modelIn("iris") + "      serviceAccountName: bucket\n"}))
	if !slices.ContainsFunc(got.list.Results, func(r result) bool {
		return r.Tags["code"] == "SDC632" && strings.HasSuffix(r.Message, "create a plain one (createServiceAccounts)")
	}) {
		t.Errorf("no result names the option:\n%s", got.stderr)
	}
}
