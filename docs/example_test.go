package docs_test

import (
	"fmt"
	"strings"

	"github.com/seldonctl/seldonctl/docs"
)

func Example() {
	title, _, _ := strings.Cut(docs.Values, "\n")
	fmt.Println(title)

	// Output:
	// # Values
}
