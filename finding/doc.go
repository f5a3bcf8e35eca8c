// Package finding holds what seldonctl has to say about its input: findings
// with a code, a severity, a place and a hint, and the report formats that
// print them.
//
// Start with [Finding]; the codes and their meaning are in codes.go and the
// codes_*.go files, a topic each, from which docs/findings.md is generated.
package finding
