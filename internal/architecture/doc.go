// Package architecture holds the rules of ARCHITECTURE.md as tests: who may
// import whom, which modules are for whom, and which are for nobody.
//
// It has no code and imports the standard library only. Start with
// imports_test.go; a failure says the reason of the rule.
package architecture
