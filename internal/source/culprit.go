package source

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/finding"
)

// Words about templates are shared with what is found in text that parses.
const (
	templateSays = "a template of Helm, not YAML"
	templateHint = "render it with helm first: helm template CHART | seldonctl render -f -"
)

// culprit returns the likely cause of a syntax error: something whole programs
// leave in a text, or a character that looks like another. It looks at the line of
// the error and the one above it, and for what belongs in no line at all.
func culprit(d *Document, line int) (finding.Finding, bool) {
	fault := func(n, column int, says, hint string) (finding.Finding, bool) {
		return finding.New(finding.BadSyntax, nil, "%s", says).WithHint("%s", hint).At(d.place(n, column+1)), true
	}
	n, lines := 0, bytes.Lines(d.Raw)
	for text := range lines {
		n++
		trimmed := bytes.TrimLeft(text, " ")
		near := n == line || n == line-1
		switch {
		case bytes.HasPrefix(text, []byte("<<<<<<< ")):
			return fault(n, 0, "a conflict marker of Git", "resolve the conflict, and remove the lines with <<<<<<<, ======= and >>>>>>>")
		case bytes.HasPrefix(trimmed, []byte("{{")) || near && bytes.Contains(text, []byte("{{")):
			return fault(n, bytes.Index(text, []byte("{{")), templateSays, templateHint)
		case near && bytes.HasPrefix(trimmed, []byte("\t")):
			return fault(n, len(text)-len(trimmed), "a tab in the indentation", "indent with spaces")
		case near && bytes.Contains(text, []byte(noBreakSpace)):
			before, _, _ := bytes.Cut(text, []byte(noBreakSpace))
			return fault(n, len([]rune(string(before))), "a no-break space, which is a letter to YAML", "type an ordinary space in its place")
		case near && typographicQuote(text) >= 0:
			at := typographicQuote(text)
			return fault(n, len([]rune(string(text[:at]))), "a typographic quote, which is a letter to YAML", `type " or ' in its place`)
		}
	}
	return finding.Finding{}, false
}

const noBreakSpace = "\u00a0"

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

// checkQuotes warns of a value in quotes of a word processor, which are part of it.
func (w *walker) checkQuotes(n *yaml.Node, text string) {
	if !w.masked || len(text) < len("“”") || text[0] < 0x80 {
		return
	}
	inside := strings.TrimLeft(text, "“”„‘’")
	if bare := strings.TrimRight(inside, "“”‘’"); inside != text && bare != inside {
		w.add(n, finding.New(finding.TypographicQuote, nil, "typographic quotes, which are part of the value").
			WithHint("write %s", quoted(bare)))
	}
}
