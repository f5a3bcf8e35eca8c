package templates_test

import (
	"bytes"
	"fmt"

	"github.com/seldonctl/seldonctl/templates"
)

// The default values of a chart are a values file.
func Example() {
	fmt.Println(bytes.Contains(templates.Values1_18_2(), []byte("\nistio:\n")))

	// Output:
	// true
}
