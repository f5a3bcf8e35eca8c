package finding

import (
	"io"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/seldonctl/seldonctl/internal/printable"
)

const (
	sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	homepage    = "https://github.com/seldonctl/seldonctl"
	findingsDoc = homepage + "/blob/main/docs/findings.md"
)

// sarifReporter writes SARIF 2.1.0 (docs/reports.md, sarif). The rules are the
// codes that were found, so that a report does not change with codes that are
// new. Findings without a file are notifications of the tool: code scanning
// refuses a whole report for one result without a file.
type sarifReporter struct {
	w    io.Writer
	opts ReportOptions
}

var _ Reporter = (*sarifReporter)(nil)

func (r *sarifReporter) Report(l List) error {
	rules, index := sarifRules(l)
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "seldonctl", Version: r.opts.Version, InformationURI: homepage, Rules: rules,
		}},
		ColumnKind:  "unicodeCodePoints",
		Invocations: []sarifInvocation{{ExecutionSuccessful: true}},
		Results:     []sarifResult{},
	}
	for _, f := range l {
		rule := sarifRuleRef{f.Code, index[f.Code]}
		message := sarifMessage{joinNonEmpty("; ", joinNonEmpty(": ", pathText(f.Path), f.Message), f.Hint)}
		if f.Pos.File != "" {
			run.Results = append(run.Results, sarifResult{
				RuleID: rule.ID, RuleIndex: rule.Index, Level: f.Severity.String(),
				Message: message, Locations: r.locations(f),
			})
			continue
		}
		invocation := &run.Invocations[0]
		invocation.Notifications = append(invocation.Notifications, sarifNotification{
			AssociatedRule: rule, Level: f.Severity.String(), Message: message, Locations: r.locations(f),
		})
		if f.Severity == Error {
			invocation.ExecutionSuccessful = false
		}
	}
	return printable.JSON(r.w, sarifLog{Schema: sarifSchema, Version: "2.1.0", Runs: []sarifRun{run}})
}

// sarifRules describes the codes of the findings in ascending order, and says
// where each of them stands.
func sarifRules(l List) ([]sarifRule, map[Code]int) {
	used := make(map[Code]bool)
	for _, f := range l {
		used[f.Code] = true
	}
	rules := []sarifRule{}
	index := make(map[Code]int)
	for _, def := range definitions() {
		if !used[def.Code] {
			continue
		}
		index[def.Code] = len(rules)
		rules = append(rules, sarifRule{
			ID:                   def.Code,
			ShortDescription:     sarifMessage{def.Title},
			FullDescription:      sarifMessage{def.Cause},
			Help:                 sarifMessage{def.Cure},
			HelpURI:              def.URL(),
			DefaultConfiguration: sarifConfiguration{def.Severity.String()},
		})
	}
	return rules, index
}

func (r *sarifReporter) locations(f Finding) []sarifLocation {
	var location sarifLocation
	if f.Pos.File != "" {
		location.Physical = &sarifPhysical{Artifact: sarifArtifact{fileURI(r.opts.fileName(f.Pos.File))}}
		if f.Pos.Line > 0 {
			location.Physical.Region = &sarifRegion{f.Pos.Line, f.Pos.Column}
		}
	}
	if name, path := f.Object.String(), pathText(f.Path); name != "" || path != "" {
		logical := sarifLogical{
			Name:          path,
			QualifiedName: joinNonEmpty("/", f.Object.Namespace, name, path),
			Kind:          "property",
		}
		if path == "" {
			logical.Name, logical.Kind = name, "object"
		}
		location.Logical = []sarifLogical{logical}
	}
	if location.Physical == nil && location.Logical == nil {
		return nil
	}
	return []sarifLocation{location}
}

// fileURI returns the reference to a file with slashes: relative names stay so,
// because code scanning resolves them against the repository.
func fileURI(name string) string {
	u := url.URL{Path: name}
	if filepath.IsAbs(filepath.FromSlash(name)) {
		u.Scheme = "file"
		if !strings.HasPrefix(name, "/") {
			u.Path = "/" + name
		}
	}
	return u.String()
}
