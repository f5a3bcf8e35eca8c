package source

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/seldonctl/seldonctl/finding"
)

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
