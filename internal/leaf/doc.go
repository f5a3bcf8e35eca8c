// Package leaf lists the scalars of a JSON document with their paths, in the
// order they are written.
//
// Start with [Walk].
package leaf
