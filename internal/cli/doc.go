// Package cli is the command line: flags become typed configuration here, and
// everything that touches files, streams and the environment happens here or in
// the packages made for it.
//
// Start with [Main]; there is one file for each command. settings_flags.go turns
// flags into a run of internal/run, and follow.go follows it with a report.
package cli
