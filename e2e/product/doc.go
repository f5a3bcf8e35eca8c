// Package product runs seldonctl the way a user does, as a program, over the
// cases of a run: the recorded inputs and the examples.
//
// Start with [Build] and [Cases]. It reads the project's files and imports
// nothing of it: the module of the runs does not change when the program's does.
package product
