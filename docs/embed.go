// Package docs holds the pages that the program shows parts of.
//
// Start with [Values]. The package imports nothing of ours.
package docs

import _ "embed"

// Values is the page about values, whose table tells the effect of each key.
//
//go:embed values.md
var Values string
