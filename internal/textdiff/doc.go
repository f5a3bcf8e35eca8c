// Package textdiff compares two texts line by line.
//
// Start with [Unified]. The package imports nothing else of this module.
package textdiff
