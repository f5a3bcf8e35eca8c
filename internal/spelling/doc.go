// Package spelling finds the word that was meant, for hints that ask "did you mean
// ...?". It imports nothing of ours. Start with [Nearest].
package spelling
