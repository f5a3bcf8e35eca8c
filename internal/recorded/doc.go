// Package recorded reads recorded operator output and compares rendered objects
// with it. A recording says, for a release, a variant of the chart values and an
// input, which objects the operator builds or that it refuses the input; the
// folders are described in testdata/recorded/README.md.
//
// Start with [Committed] and [External], which open a [Suite]; go through
// [Suite.Cases] and hold each result against [Case.Objects] with [Compare]. The
// package serves tests, shares no code with the program and writes nothing.
package recorded
