package templates_test

import (
	"fmt"

	"github.com/seldonctl/seldonctl/release"
)

// The default values of a chart, by dotted keys.
func Example() {
	r, err := release.Lookup("1.18.2")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, v := range r.Values[:3] {
		fmt.Printf("%s: %v\n", v.Key, v.Default)
	}

	// Output:
	// ambassador.enabled: false
	// ambassador.singleNamespace: false
	// istio.enabled: false
}
