package krm_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/seldonctl/seldonctl/internal/krm"
)

func TestMessagesNameTheOptionBesideTheFlag(t *testing.T) {
	t.Parallel()
	got := callWith(t, krm.Function{}, listOf([]string{modelIn("iris")}))
	if !slices.ContainsFunc(got.list.Results, func(r result) bool {
		return r.Tags["code"] == "SDC447" && strings.HasSuffix(r.Message, "; render with serverSideApply or --server-side-apply")
	}) {
		t.Errorf("no result names the option:\n%s", got.stderr)
	}
}
