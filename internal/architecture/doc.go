// Package architecture holds the rules of ARCHITECTURE.md as tests: which
// package may import which, which modules each may use, and which are banned.
//
// Start with imports_test.go; a failure says the reason of the rule.
package architecture
