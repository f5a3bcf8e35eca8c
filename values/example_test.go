package values_test

import (
	"fmt"
	"log"

	"github.com/seldonctl/seldonctl/release"
	"github.com/seldonctl/seldonctl/values"
)

// Values know where each of them was set.
func Example() {
	chart, findings := values.Load(release.Default(),
		values.File("values.yaml", []byte("istio:\n  enabled: true\n")),
		values.Set("--set", "istio.gateway=mesh/gateway"),
	)
	if findings.HasErrors() {
		log.Fatal(findings)
	}
	for _, variable := range []string{"ISTIO_ENABLED", "ISTIO_GATEWAY", "AMBASSADOR_ENABLED"} {
		text, _ := chart.Variable(variable)
		fmt.Println(variable, "=", text, "from", chart.VariableOrigin(variable))
	}

	// Output:
	// ISTIO_ENABLED = true from values.yaml:2:3
	// ISTIO_GATEWAY = mesh/gateway from --set istio.gateway
	// AMBASSADOR_ENABLED = true from default
}
