package release_test

import (
	"fmt"
	"log"

	"github.com/seldonctl/seldonctl/release"
)

// A release names its behaviours; nothing compares its number.
func Example() {
	for _, version := range []string{release.DefaultVersion, "1.18.2"} {
		r, err := release.Lookup(version)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(r.Version, r.KubernetesAPI, r.Validation.Protocols)
	}

	// Output:
	// 1.7.0 1.18 [seldon tensorflow kfserving]
	// 1.18.2 1.28 [seldon tensorflow kfserving v2]
}
