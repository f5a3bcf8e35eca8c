// Package syntax says in words for people what is wrong with a text that is not
// YAML. Start with [Explain].
package syntax

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// What is said of templates is also said where one happens to be YAML.
const (
	TemplateSays = "a template of Helm, not YAML"
	TemplateHint = "render it with helm first: helm template CHART | seldonctl render -f -"
)

// NoBreakSpace looks like a space, and is a letter to YAML.
const NoBreakSpace = "\u00a0"

// Fault is what is wrong, and where in the text, both counted from 1. Hint may be
// empty.
type Fault struct {
	Says, Hint   string
	Line, Column int
}

// Explain returns the cause of the parser's error about a text.
func Explain(text []byte, err *yaml.LoadError) Fault {
	mark := err.Mark
	if mark.Line == 0 {
		mark = err.ContextMark
	}
	if f, ok := culprit(text, mark.Line); ok {
		return f
	}
	if strings.Contains(err.Message, unexpectedColon) {
		if f, ok := colon(text, mark.Line, mark.Column); ok {
			return f
		}
	}
	says, hint, atContext := Words(err.Message, err.ContextMsg)
	if atContext && err.ContextMark.Line > 0 {
		mark = err.ContextMark
	}
	return Fault{says, hint, mark.Line, mark.Column}
}

// culprit returns the likely cause of a syntax error: something whole programs
// leave in a text, or a character that looks like another. It looks at the line of
// the error and the one above it, and for what belongs in no line at all.
func culprit(text []byte, line int) (Fault, bool) {
	n := 0
	for text := range bytes.Lines(text) {
		n++
		fault := func(at int, says, hint string) (Fault, bool) {
			return Fault{says, hint, n, utf8.RuneCount(text[:at]) + 1}, true
		}
		trimmed := bytes.TrimLeft(text, " ")
		near := n == line || n == line-1
		switch {
		case bytes.HasPrefix(text, []byte("<<<<<<< ")):
			return fault(0, "a conflict marker of Git", "resolve the conflict, and remove the lines with <<<<<<<, ======= and >>>>>>>")
		case bytes.HasPrefix(trimmed, []byte("{{")) || near && bytes.Contains(text, []byte("{{")):
			return fault(bytes.Index(text, []byte("{{")), TemplateSays, TemplateHint)
		case near && bytes.HasPrefix(trimmed, []byte("```")):
			return fault(0, "a code fence of Markdown", "remove the line")
		case near && isAlmostSeparator(text):
			return fault(0, "not quite a separator of documents", "write three dashes at the beginning of the line: ---")
		case near && bytes.HasPrefix(trimmed, []byte("\t")):
			return fault(len(text)-len(trimmed), "a tab in the indentation", "indent with spaces")
		case n == line && bytes.Contains(text, []byte("${")):
			return fault(bytes.Index(text, []byte("${")), "a variable of a shell, which nothing has replaced", "replace it first, for example with envsubst")
		case near && bytes.Contains(text, []byte(NoBreakSpace)):
			return fault(bytes.Index(text, []byte(NoBreakSpace)), "a no-break space, which is a letter to YAML", "type an ordinary space in its place")
		case near && typographicQuote(text) >= 0:
			return fault(typographicQuote(text), "a typographic quote, which is a letter to YAML", `type " or ' in its place`)
		}
	}
	return Fault{}, false
}

// isAlmostSeparator reports whether a line is nothing but dashes, long ones too, and
// no separator.
func isAlmostSeparator(line []byte) bool {
	text := strings.TrimRight(string(line), " \r\n")
	dashes := strings.NewReplacer("–", "--", "—", "--", " ", "").Replace(text)
	return text != "---" && len(dashes) > 1 && strings.Trim(dashes, "-") == ""
}

// typographicQuote returns where a value begins with a quote of a word processor,
// or -1.
func typographicQuote(line []byte) int {
	for _, quote := range []string{"“", "”", "„", "‘", "’"} {
		if i := bytes.Index(line, []byte(": "+quote)); i >= 0 {
			return i + 2
		}
	}
	return -1
}
