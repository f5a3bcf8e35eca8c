// Package manifest holds rendered objects and writes them: their order, the
// output formats, and the spool that keeps everything back until a run has
// succeeded.
//
// Start with [Object]. The package imports finding only.
package manifest
