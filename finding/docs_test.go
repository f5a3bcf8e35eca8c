package finding

import (
	"bytes"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const (
	findingsPage = "../docs/findings.md"
	reportsPage  = "../docs/reports.md"
)

func TestDocsOfFindingsAreUpToDate(t *testing.T) {
	t.Parallel()
	now := renderFindingsPage()
	if *update {
		if err := os.WriteFile(findingsPage, now, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	file, err := os.ReadFile(findingsPage)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(file), string(now)); diff != "" {
		t.Errorf("docs/findings.md is stale; run: go test ./finding -run Docs -update\n(-file +now)\n%s", diff)
	}
}

func TestDocsOfReportsShowWhatReportersWrite(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(reportsPage)
	if err != nil {
		t.Fatal(err)
	}
	l := sample()[:1]
	for _, tt := range []struct {
		format string
		opts   ReportOptions
	}{
		{"text", ReportOptions{}},
		{"text", ReportOptions{Excerpt: true, Source: sampleSource}},
		{"json", ReportOptions{}},
		{"github", ReportOptions{}},
	} {
		if want := "\n" + report(t, tt.format, tt.opts, l) + "```\n"; !strings.Contains(string(page), want) {
			t.Errorf("docs/reports.md does not show this %s report:\n%s", tt.format, want)
		}
	}
}

func TestEveryDefinitionIsCompleteAndUnique(t *testing.T) {
	t.Parallel()
	code := regexp.MustCompile(`^SDC[1-8][0-9]{2}$`)
	var last Code
	for _, d := range Definitions() {
		if !code.MatchString(string(d.Code)) {
			t.Errorf("%s: codes are SDC and three digits, the first of them a topic", d.Code)
		}
		if d.Code == last {
			t.Errorf("%s is defined twice", d.Code)
		}
		last = d.Code
		if d.Severity < Error || d.Severity > Note {
			t.Errorf("%s has no severity", d.Code)
		}
		if d.Title == "" || d.Cause == "" || d.Cure == "" {
			t.Errorf("%s needs a title, a cause and a cure", d.Code)
		}
		if strings.HasSuffix(d.Title, ".") {
			t.Errorf("%s: a title must not end with a full stop", d.Code)
		}
	}
}

func TestEveryTopicHoldsCodesOfItsHundredOnly(t *testing.T) {
	t.Parallel()
	for _, topic := range topics() {
		for _, d := range topic.codes {
			if d.Code[3] != topic.digit {
				t.Errorf("%s stands among the codes of %q", d.Code, topic.title)
			}
		}
	}
}

type topic struct {
	digit byte
	title string
	codes []Definition
}

func topics() []topic {
	return []topic{
		{'1', "Reading", readCodes()},
		{'2', "The operator's own rules", operatorCodes()},
		{'3', "Values", valuesCodes()},
		{'4', "Quirks that touch your settings", quirkCodes()},
		{'5', "What a cluster refuses or breaks", clusterCodes()},
		{'6', "Credentials", credentialCodes()},
		{'7', "Running and writing", runCodes()},
		{'8', "KRM functions and platform files", slices.Concat(functionCodes(), platformCodes())},
	}
}

const findingsIntro = `# Findings

Every finding has a code, which keeps its meaning from release to release.

After an **error** nothing is written and the run exits with 1. A **warning** is about something to change; a **note** is for
information. ` + "`--strict` turns warnings into errors, `--disable CODE` silences a warning or note" + `. [reports.md](reports.md) describes
how findings are printed, and [how an object or a repository ignores some](reports.md#ignoring-findings).

This page is generated from finding/codes_*.go: ` + "`go test ./finding -run Docs -update`" + `.
`

func renderFindingsPage() []byte {
	var b bytes.Buffer
	b.WriteString(findingsIntro)
	for _, topic := range topics() {
		var defs []Definition
		for _, d := range Definitions() {
			if d.Code[3] == topic.digit {
				defs = append(defs, d)
			}
		}
		if len(defs) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n## %s\n\n| Code | Severity | Meaning |\n|---|---|---|\n", topic.title)
		for _, d := range defs {
			fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", d.Code, strings.ToLower(string(d.Code)), d.Severity, markdown(sentence(d.Title)))
		}
		for _, d := range defs {
			fmt.Fprintf(&b, "\n### %s\n\n**%s** (%s)\n\n", d.Code, markdown(sentence(d.Title)), d.Severity)
			fmt.Fprintf(&b, "*Cause:* %s\n\n*Cure:* %s\n", markdown(d.Cause), markdown(d.Cure))
		}
	}
	return b.Bytes()
}

// sentence returns a title that begins with a capital, unless it begins with a flag.
func sentence(title string) string {
	r, size := utf8.DecodeRuneInString(title)
	return string(unicode.ToUpper(r)) + title[size:]
}

// markdown escapes what Markdown and its tables would take for markup, outside of code.
func markdown(s string) string {
	escape := strings.NewReplacer("|", `\|`, "<", `\<`, "*", `\*`, "[", `\[`, "]", `\]`)
	parts := strings.Split(s, "`")
	if len(parts)%2 == 0 {
		return escape.Replace(strings.ReplaceAll(s, "`", "\\`"))
	}
	for i := 0; i < len(parts); i += 2 {
		parts[i] = escape.Replace(parts[i])
	}
	for i := 1; i < len(parts); i += 2 {
		parts[i] = strings.ReplaceAll(parts[i], "|", `\|`)
	}
	return strings.Join(parts, "`")
}
