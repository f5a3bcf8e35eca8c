package source

import (
	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/finding"
	"github.com/seldonctl/seldonctl/internal/spelling"
)

// checkQuotes warns of a value in quotes of a word processor, which are part of it.
func (w *walker) checkQuotes(n *yaml.Node, text string) {
	if bare := spelling.Unquoted(text); w.masked && bare != "" {
		w.add(n, finding.New(finding.TypographicQuote, nil, "typographic quotes, which are part of the value").
			WithHint("write %s", quoted(bare)))
	}
}
