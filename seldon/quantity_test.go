package seldon_test

import (
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/api/resource"

	"github.com/seldonctl/seldonctl/seldon"
)

func TestParseQuantity(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"500m", "2", "1Gi", "1Ei", "2E", "1e3", "1E-3", "1e30", "-1.5e+2k", "", "x", "1e", "e3"} {
		want, wantErr := resource.ParseQuantity(text)
		got, err := seldon.ParseQuantity(text)
		if !got.Equal(want) || (err == nil) != (wantErr == nil) {
			t.Errorf("%q is %v (%v), Kubernetes reads %v (%v)", text, &got, err, &want, wantErr)
		}
	}
	for _, text := range []string{
		"1e-999999999", "1E999999999", "1e-65", "1e99999999999999999999", "1e-00000000000000000999999999",
		strings.Repeat("9", 1<<20), "0." + strings.Repeat("0", 1<<20) + "1",
	} {
		if q, err := seldon.ParseQuantity(text); err == nil {
			t.Errorf("%.20q is %v", text, &q)
		}
	}
}
