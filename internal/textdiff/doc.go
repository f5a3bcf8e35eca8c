// Package textdiff compares two texts line by line.
//
// Start with [Unified].
package textdiff
