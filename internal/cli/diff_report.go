package cli

import "github.com/seldonctl/seldonctl/finding"

// part returns an empty report of the same kind, for a part of a run.
func (r *report) part() *report {
	part := *r
	part.findings, part.failed = nil, false
	return &part
}

// statement is a finding as far as two sides can agree on it.
type statement struct {
	code          finding.Code
	severity      finding.Severity
	object        finding.Object
	path          string
	at            finding.Position
	message, hint string
}

func statementOf(f finding.Finding) statement {
	s := statement{code: f.Code, severity: f.Severity, object: f.Object, at: f.Pos, message: f.Message, hint: f.Hint}
	if f.Path != nil {
		s.path = f.Path.String()
	}
	return s
}

// mergeFindings adds the findings of both sides to the report: what both find
// once, and then what one finds with its name.
func mergeFindings(whole *report, from, to *diffSide) {
	count := make(map[statement]int)
	for _, f := range to.report.findings {
		count[statementOf(f)]++
	}
	common := make(map[statement]int)
	var own, both finding.List
	for _, f := range from.report.findings {
		s := statementOf(f)
		if common[s] < count[s] {
			common[s]++
			both = append(both, f)
			continue
		}
		own = append(own, from.sign(f, to))
	}
	for _, f := range to.report.findings {
		s := statementOf(f)
		if common[s] > 0 {
			common[s]--
			continue
		}
		own = append(own, to.sign(f, from))
	}
	whole.findings = append(append(whole.findings, both...), own...)
	whole.failed = whole.failed || from.report.failed || to.report.failed
}

// sign returns a finding that says which side it is about.
func (s *diffSide) sign(f finding.Finding, other *diffSide) finding.Finding {
	name := s.name
	if s.release != other.release {
		name += " (" + s.release + ")"
	}
	f.Message = name + ": " + f.Message
	return f
}
