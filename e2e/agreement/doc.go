// Package agreement holds what an API server said of rendered objects against
// what seldonctl said of their input: every refusal and warning must have been
// announced by a finding, and a finding that announces one must come true.
//
// Start with [Check]; the rows of table.go say which finding announces what. It
// imports nothing of ours.
package agreement
