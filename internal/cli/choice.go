package cli

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/seldonctl/seldonctl/internal/spelling"
)

// choice is the value of a flag that takes one of a few words.
type choice struct {
	to    *string
	words []string
	// older are words that are taken and not told of.
	older []string
}

// addChoice adds a flag that takes one of a few words, and starts with value.
func addChoice(cmd *cobra.Command, to *string, name, letter, value, usage string, words ...string) *choice {
	*to = value
	c := &choice{to: to, words: words}
	cmd.Flags().VarP(c, name, letter, usage)
	completeFlag(cmd, name, words...)
	return c
}

// String implements [pflag.Value].
func (c *choice) String() string { return *c.to }

// Type implements [pflag.Value].
func (c *choice) Type() string { return "string" }

// Set implements [pflag.Value]. In place of its error people see that of fault.
func (c *choice) Set(word string) error {
	if !slices.Contains(c.words, word) && !slices.Contains(c.older, word) {
		return errors.ErrUnsupported
	}
	*c.to = word
	return nil
}

// fault says which words the flag takes, and which one was meant by another; not
// repeats that one, or is empty.
func (c *choice) fault(f *pflag.Flag, word, not string) error {
	flag := "--" + f.Name
	if f.Shorthand != "" {
		flag = "-" + f.Shorthand
	}
	return errors.New(flag + " must be " + spelling.Alternatives(c.words) + not + spelling.Meant(word, c.words))
}
