package printable

import (
	"regexp"
	"sync"
)

// SecretText returns an expression that finds a Secret in YAML or JSON, alone or in
// a list: such a text is not shown.
var SecretText = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`kind["']?\s*:\s*["']?Secret(List)?\b`)
})
