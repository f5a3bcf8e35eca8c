// Package spelling says how far apart two words are, for hints that ask "did you
// mean ...?". It imports nothing of ours. Start with [Distance].
package spelling
