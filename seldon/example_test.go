package seldon_test

import (
	"fmt"

	"k8s.io/apimachinery/pkg/util/validation/field"

	"github.com/seldonctl/seldonctl/seldon"
)

// Walk is the way through an inference graph.
func ExampleUnit_Walk() {
	graph := seldon.Unit{Name: "combine", Children: []seldon.Unit{{Name: "first"}, {Name: "second"}}}
	for path, unit := range graph.Walk(field.NewPath("graph")) {
		fmt.Println(unit.Name, "at", path)
	}

	// Output:
	// combine at graph
	// first at graph.children[0]
	// second at graph.children[1]
}
