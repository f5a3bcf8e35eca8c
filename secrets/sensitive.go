package secrets

import (
	"fmt"
	"io"
	"log/slog"
)

// Sensitive is a text that must not be seen. It prints as three asterisks with
// every verb, as JSON and in logs; [Sensitive.Reveal] gives the text itself.
type Sensitive string

const masked = "***"

var (
	_ fmt.Formatter  = Sensitive("")
	_ slog.LogValuer = Sensitive("")
)

// Reveal returns the text. It is for what is written into a Secret only.
func (s Sensitive) Reveal() string { return string(s) }

// String implements [fmt.Stringer].
func (s Sensitive) String() string { return masked }

// Format implements [fmt.Formatter], so that no verb, %#v and %x included,
// shows the text.
func (s Sensitive) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, masked) }

// MarshalText implements [encoding.TextMarshaler], which encoding/json uses too.
func (s Sensitive) MarshalText() ([]byte, error) { return []byte(masked), nil }

// LogValue implements [slog.LogValuer].
func (s Sensitive) LogValue() slog.Value { return slog.StringValue(masked) }
