package finding

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"k8s.io/apimachinery/pkg/util/validation/field"
)

// TestPictureOfAReport holds the picture in README.md against what a terminal shows.
func TestPictureOfAReport(t *testing.T) {
	t.Parallel()
	graph := field.NewPath("spec", "predictors").Index(0).Child("graph")
	at := func(line, column int) Position { return Position{"model.yaml", line, column} }
	l := List{
		New(UnknownField, graph.Child("implementaton"), "unknown field \"implementaton\"").
			WithHint("did you mean implementation?").At(at(10, 7)),
		New(ModelURIPlace, graph.Child("modelUri"), "gs:// names no bucket").
			WithHint("write gs://BUCKET/PATH").At(at(11, 17)),
	}
	lines := map[int]string{10: "      implementaton: SKLEARN_SERVER", 11: "      modelUri: gs://"}
	text := report(t, "text", ReportOptions{
		Excerpt: true, Color: true, Source: func(_ string, line int) (string, bool) { return lines[line], true },
	}, l)
	golden(t, "../docs/report.svg", picture("$ seldonctl validate model.yaml\n"+text))
}

// picture draws what a terminal shows.
func picture(text string) string {
	const column, row, margin = 7.8, 18, 14
	text = regexp.MustCompile(`\x1b\]8;;[^\x1b]*\x1b\\`).ReplaceAllString(text, "")
	styles := strings.NewReplacer(
		"\x1b["+bold+"m", `<tspan font-weight="bold">`, "\x1b["+red+"m", `<tspan fill="#ff7b72" font-weight="bold">`,
		"\x1b["+yellow+"m", `<tspan fill="#e3b341" font-weight="bold">`, "\x1b[0m", "</tspan>")
	widest := 0
	var body strings.Builder
	rows := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	for i, line := range rows {
		bare := regexp.MustCompile(`\x1b\[[0-9;]*m`).ReplaceAllString(line, "")
		widest = max(widest, len(bare))
		fmt.Fprintf(&body, "<text x=\"%d\" y=\"%d\">%s</text>\n", margin, margin+row*i+12, styles.Replace(html.EscapeString(line)))
	}
	width, height := int(column*float64(widest))+2*margin, row*len(rows)+2*margin
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img">
<title>What seldonctl validate shows at a terminal</title>
<rect width="100%%" height="100%%" rx="6" fill="#0d1117"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="#e6edf3" xml:space="preserve">
%s</g>
</svg>
`, width, height, body.String())
}
