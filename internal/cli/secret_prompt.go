package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"golang.org/x/term"

	"github.com/seldonctl/seldonctl/secrets"
)

// promptMissing asks for the secrets that are missing, if nothing else is and
// there is a terminal to ask at.
func (o *secretOptions) promptMissing(ctx context.Context, v *secrets.Variant) error {
	terminal, ok := o.streams.In.(*os.File)
	if !ok || !isTerminal(terminal) || o.sources.readsStdin() {
		return nil
	}
	var missing []secrets.Field
	for _, f := range o.provider.Fields {
		if slices.Contains(v.Required, f.Name) && o.request.Values[f.Name] == "" {
			missing = append(missing, f)
		}
	}
	if slices.ContainsFunc(missing, func(f secrets.Field) bool { return !f.Sensitive || f.File }) {
		return nil
	}
	for _, f := range missing {
		value, err := o.ask(ctx, terminal, f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		o.request.Values[f.Name] = value
	}
	return nil
}

// ask reads a line without showing it. An interrupt ends the wait and leaves the
// terminal as it was.
func (o *secretOptions) ask(ctx context.Context, terminal *os.File, f secrets.Field) (secrets.Sensitive, error) {
	fd := int(terminal.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	// Standard error may be a log that nobody looks at now.
	var prompt io.Writer = terminal
	if isTerminal(o.streams.Err) {
		prompt = o.streams.Err
	}
	fmt.Fprintf(prompt, "%s (not shown): ", f.Usage)
	defer fmt.Fprintln(prompt)
	type answer struct {
		text []byte
		err  error
	}
	answers := make(chan answer, 1)
	go func() {
		text, err := term.ReadPassword(fd)
		answers <- answer{text, err}
	}()
	select {
	case a := <-answers:
		return secrets.Sensitive(a.text), a.err
	case <-ctx.Done():
		return "", errors.Join(errors.New("interrupted"), term.Restore(fd, before))
	}
}
