// Package spelling finds the word that was meant, for hints that ask "did you mean
// ...?". Start with [Nearest].
package spelling
